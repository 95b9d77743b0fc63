import type { Decision, ReservationEvent, ReservationState, ReturnWish, WishRefusal } from "./lifecycle.ts";
import { moneyOf } from "./refunds.ts";
import type { WithdrawalRefusal } from "./withdrawal.ts";

/** It is to be paid for, and no order row can stand for it yet. */
export const isBeforeRow = ({ kind }: ReservationState): boolean => kind === "held" || kind === "authorised";

export const hasComeBack = ({ kind }: ReservationState): boolean =>
  kind === "returned" || kind === "refunded";

/** Units of an order come back once it is confirmed, and their money with them; a wish is decided once. */
export function decideReturn(
  wish: ReturnWish,
  state: ReservationState,
  refusal: WithdrawalRefusal | null,
): Decision {
  if (state.kind === "reserved" || state.kind === "placed" || isBeforeRow(state))
    return refused("not_decided");
  if (state.wishes.includes(wish.wishId)) return events();
  const { wishId: id, units, isWithheld, reason, actorId, withdrawnAtMs } = wish;
  const number = state.number + 1;
  const withdrawn = withdrawnAtMs === undefined ? {} : { withdrawnAtMs };
  const refuse = (why: WishRefusal) =>
    events({ kind: "wish_refused", id, number, why, actorId, ...withdrawn });
  if (state.kind !== "confirmed" && !hasComeBack(state)) return refuse("not_confirmed");
  if (refusal !== null) return refuse(refusal);
  if (units > state.unitsLeft) return refuse("too_many_units");
  const money = state.payment === undefined ? {} : { refundMinor: moneyOf(units, state) };
  return events({ kind: "returned", id, number, units, isWithheld, reason, actorId, ...money, ...withdrawn });
}

const events = (...all: ReservationEvent[]): Decision => ({ kind: "events", events: all });
const refused = (why: Extract<Decision, { kind: "refused" }>["why"]): Decision => ({ kind: "refused", why });
