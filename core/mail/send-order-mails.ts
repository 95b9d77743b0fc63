import { type Clock, startStopwatch } from "../clock.ts";
import type { Language } from "../contract/language.ts";
import { faultPoint } from "../fault-point.ts";
import type { Addresses, Recipient } from "../identity/addresses.dynamo.ts";
import type { Mail, Mailer } from "../identity/mail.ses.ts";
import type { OrderId, SaleId } from "../ids.ts";
import type { Warn } from "../log.ts";
import type { Measure } from "../metrics.ts";
import type { SaleRecords } from "../sale/sale-record.dynamo.ts";
import type { Sale } from "../sale/sale.ts";
import { TEST_CURRENCY } from "../sale/listed-sales.ts";
import { failureOf } from "./mail-failure.ts";
import { isOutOfDate, mailNames, type OrderMail } from "./order-mail.ts";
import type { SentMails } from "./sent-mails.dynamo.ts";

export type MailerDependencies = {
  readonly addresses: Pick<Addresses, "recipients">;
  readonly saleRecords: Pick<SaleRecords, "get">;
  readonly sent: SentMails;
  readonly sendMail: Mailer;
  /** Waits until one more mail may go. */
  readonly pace: () => Promise<void>;
  /** The words of a mail, in the buyer's language. */
  readonly write: (mail: OrderMail, sale: Sale, language: Language) => Omit<Mail, "to">;
  readonly clock: Clock;
  readonly warn: Warn;
  readonly measure: Measure;
};

/** What is begun after that may not end within the function's time limit. */
const LONGEST_MS = 20_000;

/**
 * Sends mails about orders, each once: a mark is made before and after each. Killed between the two, a mail is sent once
 * more, and never a third time. While SES does not take mails, none is lost: they stay in the queue. Where SES may have
 * taken one without saying so, it is sent again, seldom and not for ever: a second mail is better than none.
 *
 * @param waiting orders of which a mail must wait, as this run has found: no later one overtakes it.
 * @returns whether all is done; else the message must come again.
 * @throws when the ledger or the table of the addresses does not answer.
 */
export async function sendOrderMails(
  deps: MailerDependencies,
  mails: readonly OrderMail[],
  waiting = new Set<OrderId>(),
): Promise<boolean> {
  const elapsedMs = startStopwatch(deps.clock);
  const [recipients, sales] = await Promise.all([
    deps.addresses.recipients(mails.map(({ buyerId }) => buyerId)),
    salesOf(deps, mails),
  ]);
  let unaddressed = 0;
  let isAllDone = true;
  for (const mail of mails) {
    const sale = sales.get(mail.saleId);
    if (!sale) deps.warn("a mail is about a sale that nobody knows", mailNames(mail));
    // What is bought for a test has no buyer who waits for mail.
    if (!sale || sale.currency === TEST_CURRENCY || isOutOfDate(mail, deps.clock.nowMs())) continue;
    const recipient = recipients.get(mail.buyerId);
    if (!recipient) {
      unaddressed += 1;
      continue;
    }
    if (waiting.has(mail.orderId)) {
      isAllDone = false;
      continue;
    }
    const ended = elapsedMs() > LONGEST_MS ? "later" : await sendOne(deps, mail, sale, recipient);
    if (ended !== "done") waiting.add(mail.orderId);
    if (ended !== "done") isAllDone = false;
    // SES takes none now: the others wait with this one.
    if (ended === "later") break;
  }
  // They signed in before addresses were kept, or had theirs erased: nothing is wrong.
  if (unaddressed > 0) deps.measure("MailsWithoutAddress", unaddressed);
  return isAllDone;
}

async function salesOf(
  { saleRecords }: MailerDependencies,
  mails: readonly OrderMail[],
): Promise<ReadonlyMap<SaleId, Sale | null>> {
  const ids = [...new Set(mails.map(({ saleId }) => saleId))];
  return new Map(await Promise.all(ids.map(async (id) => [id, await saleRecords.get(id)] as const)));
}

/** `busy`: it must wait, and none but those of its order with it. `later`: SES does not take mails at the moment. */
async function sendOne(
  deps: MailerDependencies,
  mail: OrderMail,
  sale: Sale,
  { email, language }: Recipient,
): Promise<"done" | "busy" | "later"> {
  const { sent, clock } = deps;
  const reply = await sent.begin(mail, clock.nowMs());
  if (reply.kind !== "begun") return notBegun(deps, mail, reply.kind);
  await deps.pace();
  try {
    await deps.sendMail({ to: email, ...deps.write(mail, sale, language) });
  } catch (error) {
    return afterFailure(deps, mail, reply.silences, error);
  }
  await faultPoint("mailer_after_send");
  await sent.end(mail, clock.nowMs());
  deps.measure("MailsSent", 1);
  return "done";
}

async function notBegun(
  { sent, clock, warn, measure }: MailerDependencies,
  mail: OrderMail,
  why: "done" | "wait" | "given_up",
): Promise<"done" | "busy"> {
  if (why === "wait") return "busy";
  if (why === "given_up") {
    warn("a mail may not have gone out: nobody knows, and it is not sent again", mailNames(mail));
    measure("MailsGivenUp", 1);
    await sent.end(mail, clock.nowMs());
  }
  return "done";
}

async function afterFailure(
  { sent, clock, warn, measure }: MailerDependencies,
  mail: OrderMail,
  silences: number,
  error: unknown,
): Promise<"done" | "later"> {
  const failure = failureOf(error);
  // What SES says may name the address, which no log is to bear.
  const name = error instanceof Error ? error.name : "unknown";
  warn("a mail was not sent", { ...mailNames(mail), failure, error: name });
  if (failure === "unclear") {
    await sent.silent(mail, silences, clock.nowMs());
    return "later";
  }
  if (failure === "not_sent") {
    await sent.undo(mail);
    return "later";
  }
  measure("MailsGivenUp", 1);
  await sent.end(mail, clock.nowMs());
  return "done";
}
