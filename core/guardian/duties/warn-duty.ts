import type { GateContents } from "../../gate/gate-contents.redis.ts";
import type { OrderId } from "../../ids.ts";
import type { MailQueue } from "../../mail/mail-queue.sqs.ts";
import { holdMail, isOutOfDate, type OrderMail } from "../../mail/order-mail.ts";
import type { Ledger } from "../../reservation/ledger.dynamo.ts";
import type { Duty } from "./duty.ts";

/** So long before its end a buyer is told by mail, which may take a minute to be read. Of a shorter hold its page warns alone. */
const WARN_MS = 120_000;
const LEAST_HOLD_SECONDS = 300;
const MOST_AT_ONCE = 2_000;
const AT_ONCE = 16;

export type WarnDependencies = {
  readonly contents: Pick<GateContents, "dueHolds">;
  readonly ledger: Pick<Ledger, "get">;
  readonly mails: Pick<MailQueue, "sendAll">;
};

/**
 * Has the buyers of holds that end soon told by mail. What is remembered only spares the asking: the mail has its mark, and goes out
 * once, however many guardians send it on its way.
 */
export function warnDuty({ contents, ledger, mails }: WarnDependencies): Duty {
  let warned = new Set<OrderId>();

  return async ({ sale: { saleId, payment }, view }) => {
    if (payment.kind !== "held" || payment.holdSeconds < LEAST_HOLD_SECONDS) return "next";
    const untilMs = view.nowMs + WARN_MS;
    if (view.firstDueMs === null || view.firstDueMs > untilMs) return "next";
    const due = await contents.dueHolds(saleId, untilMs, MOST_AT_ONCE);
    const fresh = due.filter(({ orderId }) => !warned.has(orderId));
    const toSend: OrderMail[] = [];
    for (let i = 0; i < fresh.length; i += AT_ONCE) {
      const entries = await Promise.all(
        fresh.slice(i, i + AT_ONCE).map(({ orderId, buyerId }) => ledger.get(orderId, buyerId)),
      );
      for (const entry of entries) {
        const mail = entry?.state.kind === "held" ? holdMail(entry.reservation) : null;
        if (mail && !isOutOfDate(mail, view.nowMs)) toSend.push(mail);
      }
    }
    await mails.sendAll(toSend);
    warned = new Set(due.map(({ orderId }) => orderId));
    return "next";
  };
}
