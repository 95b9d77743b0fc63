import { expect, test } from "vitest";
import { failedMessages } from "./failed-messages.ts";

const ids = new Set(["a", "b", "c"]);
const failures = (...batchItemFailures: unknown[]) => ({ batchItemFailures });

test.each([
  [null],
  [undefined],
  [""],
  [{}],
  [failures()],
  [{ batchItemFailures: null }],
  [{ statusCode: 200 }],
])("%j means that all succeeded", (answer) => {
  expect([...failedMessages(ids, answer)]).toEqual([]);
});

test.each([
  ["done"],
  [true],
  [{ batchItemFailures: "a" }],
  [failures({ itemIdentifier: "" })],
  [failures({ itemIdentifier: null })],
  [failures({ itemId: "a" })],
  [failures({ itemIdentifier: "d" })],
  [failures({ itemIdentifier: "a" }, { itemIdentifier: "d" })],
  [failures("a")],
])("%j means that all failed", (answer) => {
  expect([...failedMessages(ids, answer)]).toEqual(["a", "b", "c"]);
});

test("otherwise exactly the messages named failed, each once", () => {
  const answer = failures({ itemIdentifier: "c" }, { itemIdentifier: "a" }, { itemIdentifier: "c" });
  expect([...failedMessages(ids, answer)].toSorted()).toEqual(["a", "c"]);
});
