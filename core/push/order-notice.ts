import { LEAST_TO_ACT_MS, type OrderMail } from "../mail/order-mail.ts";
import type { PushNotice } from "./notice.ts";

/** What has happened already may be told for so long. */
const STAYS_NEWS_MS = 6 * 60 * 60_000;

/** What a buyer's browsers are told beside a mail about their order; null: nothing, since it waits well in a mailbox. */
export function orderNotice(mail: OrderMail, nowMs: number): PushNotice | null {
  const { saleId, buyerId, orderId, kind, number } = mail;
  const of = { saleId, buyerId, orderId };
  switch (kind) {
    case "hold_ending": {
      const { heldUntilMs } = mail;
      return { ...of, kind, heldUntilMs, notAfterMs: heldUntilMs - LEAST_TO_ACT_MS };
    }
    case "returned":
    case "withdrawn":
    case "refunded":
      return { ...of, kind, number, notAfterMs: nowMs + STAYS_NEWS_MS };
    case "confirmed":
    case "rejected":
    case "failed":
    case "withdrawal_refused":
    case "payment_undone":
      return null;
    default:
      return kind satisfies never;
  }
}
