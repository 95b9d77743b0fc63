import type { ReminderAnswer } from "../contract/reminder.ts";
import type { Language } from "../contract/language.ts";
import type { SessionSigner } from "../identity/session.ts";
import type { BuyerId } from "../ids.ts";
import { isOver, type Sale } from "../sale/sale.ts";
import { REMIND_BEFORE_MS, reminderAt, wantedAtMs } from "./reminder.ts";
import type { Reminders } from "./reminders.dynamo.ts";
import { unsubscribeToken } from "./unsubscribe.ts";

type Asked = { readonly sale: Sale; readonly buyerId: BuyerId; readonly nowMs: number };

/** Whether a sale can still be told of before it opens. */
const mayRemind = (sale: Sale, nowMs: number): boolean =>
  !isOver(sale) && reminderAt(sale, nowMs) === "early";

const answerOf = (sale: Sale, nowMs: number, isAsked: boolean): ReminderAnswer => ({
  isAsked,
  at: mayRemind(sale, nowMs) ? new Date(wantedAtMs(sale) - REMIND_BEFORE_MS).toISOString() : null,
});

export async function reminderOf(
  reminders: Pick<Reminders, "isAsked">,
  { sale, buyerId, nowMs }: Asked,
): Promise<ReminderAnswer> {
  return answerOf(sale, nowMs, await reminders.isAsked(sale.saleId, buyerId));
}

/** Notes that a buyer wants a mail before the sale opens; null: it opens too soon, or has begun. */
export async function askReminder(
  { reminders, signer }: { readonly reminders: Pick<Reminders, "ask">; readonly signer: SessionSigner },
  { sale, buyerId, nowMs, language }: Asked & { readonly language: Language },
): Promise<ReminderAnswer | null> {
  if (!mayRemind(sale, nowMs)) return null;
  const unsubscribe = unsubscribeToken(signer, buyerId);
  await reminders.ask(sale.saleId, sale.startsAtMs, { buyerId, language, askedAtMs: nowMs, unsubscribe });
  return answerOf(sale, nowMs, true);
}
