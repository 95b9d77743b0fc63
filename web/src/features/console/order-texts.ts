import { consoleTexts as texts } from "../../../texts/console.ts";
import type { OrderRow } from "../api/contract.ts";
import { formatCount } from "../page/format.ts";

type Counted = Pick<OrderRow, "quantity" | "unitsLeft" | "unitsWithheld" | "state" | "reason">;

/** What the buyer has; where that is not all, of how many. */
export const unitsText = ({ quantity, unitsLeft }: Counted): string =>
  unitsLeft === quantity
    ? formatCount(quantity)
    : texts.orders.left(formatCount(unitsLeft), formatCount(quantity));

/** What became of it, with the reason of a rejection and the units that were taken off sale. */
export function stateText({ state, reason, quantity, unitsLeft, unitsWithheld }: Counted): string {
  const isPartly = state === "confirmed" && unitsLeft < quantity;
  const word = isPartly ? texts.orders.partlyReturned : texts.orders.states[state];
  const withheld = unitsWithheld > 0 ? texts.orders.withheld(formatCount(unitsWithheld)) : null;
  return [reason === null ? word : `${word}: ${texts.order.why[reason] ?? reason}`, withheld]
    .filter(Boolean)
    .join(", ");
}
