import { expect, test } from "vitest";
import { choicesOf } from "./visibility-choices.ts";

test.each([
  [{ visibility: "draft", epoch: 0, isClosed: false }, ["listed", "unlisted", "retired"]],
  [{ visibility: "listed", epoch: 1, isClosed: false }, ["unlisted"]],
  [{ visibility: "listed", epoch: 1, isClosed: true }, ["unlisted", "retired"]],
  [{ visibility: "unlisted", epoch: 1, isClosed: false }, ["listed"]],
  [{ visibility: "unlisted", epoch: 3, isClosed: true }, ["listed", "retired"]],
  [{ visibility: "retired", epoch: 1, isClosed: true }, ["listed", "unlisted"]],
  [{ visibility: "retired", epoch: 0, isClosed: false }, ["draft"]],
] as const)("%o may become %o", (sale, choices) => {
  expect(choicesOf(sale)).toEqual(choices);
});
