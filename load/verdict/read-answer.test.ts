import { expect, test } from "vitest";
import { newBuyerId } from "../../core/ids.ts";
import { answerClass } from "../report/answer-class.ts";
import { isFinal } from "./client-answer.ts";
import { readAnswer } from "./read-answer.ts";

const sent = { buyerId: newBuyerId(0), key: "key-1", quantity: 1, sentAtMs: 0, answeredAtMs: 1 };
const read = (status: number, body: string) => readAnswer(sent, { status, body });

test.each([
  [429, '{"message":"Too Many Requests"}', "rate_limited"],
  [503, '{"message":"Service Unavailable"}', "unavailable"],
  [503, "<html>The request could not be satisfied</html>", "unavailable"],
])("a stage's own %i, %s, is limited by its status, and asked again", (status, body, kind) => {
  const line = read(status, body);
  expect(line).toMatchObject({ status, kind, orderId: null });
  expect(answerClass(line.kind)).toBe("limited");
  expect(isFinal(line)).toBe(false);
});

test("what our functions say of themselves goes before the status", () => {
  expect(read(503, '{"kind":"outcome_unknown"}').kind).toBe("outcome_unknown");
  expect(read(429, '{"kind":"rate_limited"}').kind).toBe("rate_limited");
});

test.each([
  [500, '{"message":"Internal Server Error"}'],
  [504, "<html>"],
  [200, "null"],
  [202, '"accepted"'],
])("any other answer that is not ours, %i %s, cannot be read", (status, body) => {
  expect(read(status, body).kind).toBe("unreadable");
});
