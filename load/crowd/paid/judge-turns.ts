import type { Facts } from "../../verdict/facts.ts";
import { mustEqual, type Violation, violationOf } from "../../verdict/violation.ts";
import { planTurns } from "./plan-buyers.ts";
import type { TurnedBack } from "./turn-back.ts";

/** The units of those who turned back, and of nobody else, are back and on sale; and some of each kind did. */
export function judgeTurns(
  { gate, ledger }: Facts,
  turned: readonly TurnedBack[],
  paid: number,
): Violation[] {
  const plan = planTurns(0, paid);
  const units = new Map<string, number>(turned.map((back) => [back.orderId, back.units]));
  const countOf = (turn: TurnedBack["turn"]) =>
    turned.filter((back) => back.turn === turn && back.units > 0).length;
  const planned = (turn: TurnedBack["turn"]) => plan.filter((kind) => kind === turn).length;
  const otherwise = ledger
    .filter(({ state }) => ["confirmed", "returned", "refunded"].includes(state))
    .filter(({ orderId, quantity, unitsLeft }) => quantity - unitsLeft !== (units.get(orderId) ?? 0));
  return [
    ...mustEqual("line", "who withdrew, and a tenth of who paid", countOf("withdraws"), planned("withdraws")),
    ...mustEqual(
      "line",
      "who was refunded by an operator, and a twentieth of who paid",
      countOf("is_refunded"),
      planned("is_refunded"),
    ),
    ...violationOf(
      "settled",
      "orders of which other units came back than were sent back",
      otherwise.map(({ orderId, unitsLeft }) => `${orderId} has ${unitsLeft}`),
    ),
    ...mustEqual("settled", "units that came back and were taken off sale", gate.stock.withheld, 0),
  ];
}
