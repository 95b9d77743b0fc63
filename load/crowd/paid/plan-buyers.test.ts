import { expect, test } from "vitest";
import { chooseAgain, planAgain, planBuyers, planTurns } from "./plan-buyers.ts";

const counts = (plan: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(plan, (kind) => kind)].map(([kind, all]) => [kind, all.length]));

test("of a thousand holders a third never pays, a fifth is declined first, a tenth pays in the last second", () => {
  expect(counts(planBuyers(7, 1_000))).toEqual({
    never_opens: 111,
    opens_and_leaves: 111,
    gives_up: 111,
    declined_first: 200,
    last_second: 100,
    pays: 367,
  });
});

test("a small crowd has every kind, and the same seed gives the same plan", () => {
  expect(Object.keys(counts(planBuyers(7, 12))).length).toBe(6);
  expect(planBuyers(7, 40)).toEqual(planBuyers(7, 40));
  expect(planBuyers(7, 40)).not.toEqual(planBuyers(8, 40));
});

test("of a thousand who have paid a tenth withdraws, a twentieth is refunded, and a few have one of each", () => {
  expect(counts(planTurns(7, 1_000))).toEqual({ withdraws: 100, is_refunded: 50, keeps: 850 });
  expect(counts(planTurns(7, 4))).toEqual({ withdraws: 1, is_refunded: 1, keeps: 2 });
  expect(planTurns(7, 40)).toEqual(planTurns(7, 40));
});

test("of nine thousand who were told that all is sold out a tenth tries again, and of a few nearly all; some give up again", () => {
  const people = Array.from({ length: 9_000 }, (_, n) => n);
  expect(new Set(chooseAgain(7, people)).size).toBe(900);
  expect(chooseAgain(7, people.slice(0, 30))).toHaveLength(20);
  expect(chooseAgain(7, people)).not.toEqual(chooseAgain(8, people));
  expect(counts(planAgain(7, 40))).toEqual({ gives_up: 4, pays: 36 });
});
