import type { OrderView } from "./order.ts";

type State = Pick<OrderView, "state">;

/** Not decided yet: to be asked about again soon. */
export const isUnderWay = ({ state }: State): boolean =>
  state === "pending" || state === "accepted" || state === "authorised";

/** It waits for its buyer to pay, and ends by itself if they do not. */
export const isToBePaid = ({ state }: State): boolean => state === "held";

/** Units of the buyer's orders: what came back and what was rejected is not theirs. A pending one may turn out to be. */
export const unitsOf = (orders: readonly OrderView[]): number =>
  orders.reduce((units, { unitsLeft }) => units + unitsLeft, 0);

/** Units that were taken back of an order which stands; one that ended says so by its state. */
export const unitsTakenBack = ({ state, quantity, unitsLeft }: OrderView): number =>
  state === "confirmed" ? quantity - unitsLeft : 0;
