import type { Facts } from "../../verdict/facts.ts";
import { mustEqual, type Violation, violationOf } from "../../verdict/violation.ts";
import type { BoughtAgain } from "./buy-again.ts";

/** Units that came back from whoever held them first, and units that were sold again. */
export type SoldAgain = { readonly back: number; readonly again: number; readonly neverTaken: number };

/** Counted by the ledger; an order is of the second wave if one of those who tried again was told of it. */
export function soldAgain({ gate, ledger }: Facts, { answers }: BoughtAgain): SoldAgain {
  const second = new Set<string>(answers.map(({ orderId }) => orderId));
  const first = ledger.filter(({ orderId }) => !second.has(orderId));
  return {
    back: sum(first.map(({ quantity, unitsLeft }) => quantity - unitsLeft)),
    again: sum(ledger.filter(({ orderId }) => second.has(orderId)).map(({ unitsLeft }) => unitsLeft)),
    neverTaken: gate.stock.allocated - sum(first.map(({ quantity }) => quantity)),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/**
 * Judges what became of units that came back: each is sold again or on sale, none is on sale while somebody wants one, and who paid for
 * one has it.
 */
export function judgeAgain(facts: Facts, bought: BoughtAgain): Violation[] {
  const { back, again, neverTaken } = soldAgain(facts, bought);
  const { available } = facts.gate.stock;
  const confirmed = new Set<string>(
    facts.ledger.filter(({ state }) => state === "confirmed").map(({ orderId }) => orderId),
  );
  const unpaid = bought.answers.filter(({ hasPaid, orderId }) => hasPaid && !confirmed.has(orderId));
  return [
    ...mustEqual(
      "conservation",
      "units that came back or that nobody had taken, and those that are sold again or on sale",
      back + neverTaken,
      again + available,
    ),
    ...(bought.left > 0
      ? mustEqual("sell_out", `units on sale while ${bought.left} people want one`, available, 0)
      : []),
    ...violationOf(
      "untrue",
      "orders that were paid for at once by who tried again, and are not confirmed",
      unpaid.map(({ orderId }) => orderId),
    ),
    ...(bought.tried > 0 && back > 0 && again === 0
      ? [{ law: "line" as const, finding: "nobody bought again what came back: nothing was tested" }]
      : []),
  ];
}

/** What came back in figures, and what became of it. */
export function againReport(facts: Facts, bought: BoughtAgain): string {
  const { back, again } = soldAgain(facts, bought);
  const { tried, left, tries, answers } = bought;
  return (
    `sold again    ${again} of ${back} units that came back, to some of ${tried} who had been told that all is sold out: ` +
    `${tries} tries, ${answers.length} holds, ${left} people without a unit`
  );
}
