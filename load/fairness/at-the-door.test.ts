import { expect, it } from "vitest";
import type { BuyerId } from "../../core/ids.ts";
import type { ClientAnswer } from "../verdict/client-answer.ts";
import { withoutTheDoor } from "./at-the-door.ts";

const said = (key: string, kind: ClientAnswer["kind"]) =>
  ({ buyerId: "byr_1" as BuyerId, key, kind }) as ClientAnswer;
const kindsOf = (...log: ClientAnswer[]) => withoutTheDoor(log).map(({ kind }) => kind);

it("refusals at the door are left out, and what was unclear before the last of them", () => {
  expect(kindsOf(said("a", "not_your_turn"), said("a", "accepted"))).toEqual(["accepted"]);
  expect(kindsOf(said("a", "outcome_unknown"), said("a", "not_your_turn"))).toEqual([]);
});

it("what stays unclear is kept, and so is an order before a refusal at the door", () => {
  expect(kindsOf(said("a", "not_your_turn"), said("a", "outcome_unknown"))).toEqual(["outcome_unknown"]);
  expect(kindsOf(said("a", "outcome_unknown"), said("b", "not_your_turn"))).toEqual(["outcome_unknown"]);
  expect(kindsOf(said("a", "accepted"), said("a", "rate_limited"))).toEqual(["accepted"]);
});
