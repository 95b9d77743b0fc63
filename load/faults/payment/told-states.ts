import type { OrderView } from "../../../core/contract/order.ts";
import type { Payer } from "./payer.ts";

type State = OrderView["state"];

/** What a buyer may be told next of an order that is paid for. Whatever is not here was untrue before, or is now. */
const NEXT: Readonly<Record<State, readonly State[]>> = {
  held: ["pending", "authorised", "confirmed", "failed", "rejected", "expired", "cancelled"],
  // Nobody knows whether a gate counts it, as while one is rebuilt.
  pending: ["held", "authorised", "confirmed", "failed", "rejected", "expired", "cancelled"],
  authorised: ["confirmed", "failed", "rejected"],
  confirmed: ["returned", "refunded"],
  accepted: [],
  rejected: [],
  returned: ["refunded"],
  refunded: [],
  expired: [],
  cancelled: [],
  failed: [],
};

/** Buyers who were told one thing and then another that cannot follow. */
export const toldUntrue = (payers: readonly Payer[]): string[] =>
  payers.flatMap(({ orderId, seen }) => {
    const wrong = seen.some((state, i) => {
      const before = seen[i - 1];
      return before !== undefined && !NEXT[before].includes(state);
    });
    return wrong ? [`${orderId} (${seen.join(", then ")})`] : [];
  });
