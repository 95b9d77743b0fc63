import { expect, test } from "vitest";
import type { OrderId } from "../../../core/ids.ts";
import { entry, soldOutSale } from "../../verdict/sold-out-sale.fixture.ts";
import { judgeTurns } from "./judge-turns.ts";
import type { TurnedBack } from "./turn-back.ts";

const turned = (n: number, turn: TurnedBack["turn"], units = 1): TurnedBack => ({
  orderId: `ord_${n}` as OrderId,
  turn,
  units,
});
const both = [turned(1, "withdraws"), turned(2, "is_refunded")];
const { facts } = soldOutSale();
const sent = (unitsLeft: number) => ({
  ...facts,
  ledger: [{ ...entry(1), unitsLeft: 0, state: "refunded" as const }, { ...entry(2), unitsLeft }, entry(3)],
});
const brokenLaws = (unitsLeft: number, all = both) =>
  judgeTurns(sent(unitsLeft), all, 3).map(({ law }) => law);

test("what was sent back came back, unit by unit, and of nobody else", () => {
  expect(brokenLaws(0)).toEqual([]);
  expect(brokenLaws(1)).toEqual(["settled"]);
  expect(judgeTurns(facts, [], 3).map(({ law }) => law)).toEqual(["line", "line"]);
});

test("a run in which nobody could withdraw has tested nothing", () => {
  expect(brokenLaws(0, [turned(1, "withdraws", 0), turned(2, "is_refunded")])).toEqual(["line", "settled"]);
});
