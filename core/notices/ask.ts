import { REMIND_BEFORE_MS } from "../contract/remind-before.ts";
import type { ReminderAnswer } from "../contract/reminder.ts";
import type { Language } from "../contract/language.ts";
import type { SessionSigner } from "../identity/session.ts";
import type { BuyerId } from "../ids.ts";
import { isOver, type Sale } from "../sale/sale.ts";
import { reminderAt, wantedAtMs } from "./reminder.ts";
import type { Reminders } from "./reminders.dynamo.ts";
import { unsubscribeToken } from "./unsubscribe.ts";

type Asked = {
  readonly sale: Sale;
  readonly buyerId: BuyerId;
  /** When the buyer's tier opens; null: they are on none. */
  readonly tierAtMs: number | null;
  readonly nowMs: number;
};

/** Whether a sale can still be told of before it opens to its buyer. */
const mayRemind = ({ sale, nowMs, tierAtMs }: Asked): boolean =>
  !isOver(sale) && reminderAt(sale, nowMs, tierAtMs) === "early";

const answerOf = (asked: Asked, isAsked: boolean): ReminderAnswer => ({
  isAsked,
  at: mayRemind(asked)
    ? new Date(wantedAtMs(asked.sale, asked.tierAtMs) - REMIND_BEFORE_MS).toISOString()
    : null,
});

/** Whether a mail is still to come: it was asked for, and neither went out for this opening nor is it too late for it. */
export async function reminderOf(
  reminders: Pick<Reminders, "isAsked" | "isTold">,
  asked: Asked,
): Promise<ReminderAnswer> {
  const { sale, buyerId, nowMs, tierAtMs } = asked;
  const isComing =
    !isOver(sale) &&
    reminderAt(sale, nowMs, tierAtMs) !== "over" &&
    (await reminders.isAsked(sale.saleId, buyerId)) &&
    !(await reminders.isTold(sale.saleId, buyerId, wantedAtMs(sale, tierAtMs)));
  return answerOf(asked, isComing);
}

/** Notes that a buyer wants a mail before the sale opens; null: it opens too soon, or has begun. */
export async function askReminder(
  { reminders, signer }: { readonly reminders: Pick<Reminders, "ask">; readonly signer: SessionSigner },
  asked: Asked & { readonly language: Language },
): Promise<ReminderAnswer | null> {
  if (!mayRemind(asked)) return null;
  const { sale, buyerId, nowMs, language } = asked;
  const unsubscribe = unsubscribeToken(signer, buyerId);
  await reminders.ask(sale.saleId, sale.startsAtMs, { buyerId, language, askedAtMs: nowMs, unsubscribe });
  return answerOf(asked, true);
}
