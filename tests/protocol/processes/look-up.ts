import type { OrderView } from "../../../core/contract/order.ts";
import { isUndecided, orderView, type SaleEntry } from "../../../core/reservation/ledger.ts";
import { type Ending, tell, type Work } from "../engine/process.ts";
import type { Rules } from "../rules.ts";
import { ledger } from "../stores/ledger.ts";
import { record } from "../stores/sale-record.ts";

/** `findOrder`: what a shopper may be told of an order; null: there is none. */
export function* shownState(
  rules: Rules,
  orderId: string,
  needsMark = true,
): Work<OrderView["state"] | null> {
  const entry = yield* ledger.get({ orderId });
  if (!entry) return null;
  const isCounted = !needsMark || !isUndecided(entry) || (yield* isCountedNow(rules, entry));
  return orderView(entry, isCounted).state;
}

function* isCountedNow(rules: Rules, { reservation }: SaleEntry): Work<boolean> {
  if (!rules("pending until counted")) return true;
  const { orderId } = reservation;
  const { epoch } = yield* record.get(null);
  if (reservation.epoch === epoch) return true;
  if (!(yield* ledger.isMarked({ orderId, epoch }))) return false;
  if (!rules("the record is read again after the mark")) return true;
  return (yield* record.get(null)).epoch === epoch;
}

/** A shopper who looks at their order once. */
export const lookUpRole = (rules: Rules) =>
  function* lookUp({ orderId }: { readonly orderId: string }): Work<Ending> {
    const state = yield* shownState(rules, orderId);
    return state === null || state === "pending" ? {} : tell(orderId, state);
  };
