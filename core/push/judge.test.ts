import { expect, test } from "vitest";
import { judge, waitAfter } from "./judge.ts";

const answered = (status: number, retryAfterMs: number | null = null) =>
  judge({ isTaken: status === 201, status, error: null, retryAfterMs, tookMs: 1 }, 2);
const unanswered = (error: string) =>
  judge({ isTaken: false, status: null, error, retryAfterMs: null, tookMs: 1 }, 0);

test("a browser that is there no more is forgotten, and none is for a service that has no time", () => {
  expect([201, 404, 410, 400, 403, 302].map((status) => answered(status).kind)).toEqual([
    "taken",
    "gone",
    "gone",
    "never",
    "never",
    "never",
  ]);
  expect([429, 500, 503].map((status) => answered(status))).toEqual(
    [429, 500, 503].map(() => ({ kind: "later", waitMs: 45_000 })),
  );
});

test("a service that says when is asked then, within the time that a queue can wait", () => {
  expect(answered(429, 7_000)).toEqual({ kind: "later", waitMs: 7_000 });
  expect(answered(429, 7_200_000)).toEqual({ kind: "later", waitMs: 900_000 });
});

test("silence may have been a yes; who was not reached has surely not heard", () => {
  expect(["too_slow", "connection_broke"].map((error) => unanswered(error).kind)).toEqual([
    "unclear",
    "unclear",
  ]);
  expect(unanswered("not_listening")).toEqual({ kind: "later", waitMs: 5_000 });
  expect(unanswered("forbidden_address")).toEqual({ kind: "never" });
});

test("waits grow to a quarter of an hour", () => {
  expect([0, 1, 2, 5, 9].map(waitAfter)).toEqual([5_000, 15_000, 45_000, 900_000, 900_000]);
});
