import { expect, test } from "vitest";
import { choicesOf } from "./visibility-choices.ts";

test.each([
  [{ visibility: "draft", epoch: 0, phase: "scheduled" }, ["listed", "unlisted", "retired"]],
  [{ visibility: "listed", epoch: 1, phase: "open" }, ["unlisted"]],
  [{ visibility: "listed", epoch: 1, phase: "ended" }, ["unlisted", "retired"]],
  [{ visibility: "unlisted", epoch: 1, phase: "sold_out" }, ["listed"]],
  [{ visibility: "unlisted", epoch: 3, phase: "ended" }, ["listed", "retired"]],
  [{ visibility: "retired", epoch: 1, phase: "ended" }, ["listed", "unlisted"]],
  [{ visibility: "retired", epoch: 0, phase: "scheduled" }, ["draft"]],
] as const)("%o may become %o", (sale, choices) => {
  expect(choicesOf(sale)).toEqual(choices);
});
