import { expect, test } from "vitest";
import { judgeRefusals } from "./judge-refusals.ts";

test("a refusal out of turn is to cost 45 µs at most, and as good as what one for sold out does", () => {
  expect(judgeRefusals(23, 19)).toEqual({
    budget: "processor time of a refusal from memory, out of turn, new ticket / sold out",
    figure: "23 µs (sold out: 19 µs, 1.21×)",
    goal: "≤ 45 µs, ≤ 1.3× sold out",
    isMet: true,
  });
  expect(judgeRefusals(44, 35).isMet).toBe(true);
  expect(judgeRefusals(46, 40).isMet).toBe(false);
  expect(judgeRefusals(27, 20).isMet).toBe(false);
});
