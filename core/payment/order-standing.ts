import { type LookUpStores, shownOrder } from "../look-up/shown-order.ts";
import type { LedgerEntry } from "../reservation/ledger.ts";
import type { OrderStanding } from "./decide-payment.ts";

/** What the ledger says of an order, for a decision on its payments. @throws when the ledger does not answer in time. */
export async function standingOf(stores: LookUpStores, entry: LedgerEntry): Promise<OrderStanding> {
  const { kind } = entry.state;
  switch (kind) {
    case "held":
      return (await shownOrder(stores, entry)).state === "held" ? { kind: "held" } : { kind: "unknown" };
    case "authorised":
    case "placed":
      return paid(entry, false);
    case "confirmed":
    case "returned":
    case "refunded":
      return paid(entry, true);
    case "reserved":
    case "rejected":
    case "failed":
    case "expired":
    case "cancelled":
      return { kind: "over" };
    default:
      return kind satisfies never;
  }
}

function paid(entry: LedgerEntry, isConfirmed: boolean): OrderStanding {
  const { state } = entry;
  return { kind: "paid", paymentId: state.payment?.paymentId ?? "", isConfirmed, state };
}
