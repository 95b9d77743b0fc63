import { expect, test } from "vitest";
import { answerClass, lookClass } from "./answer-class.ts";
import { outcomeRows, type RequestLine, timeline } from "./summarize.ts";

const START_MS = Date.parse("2026-11-27T12:00:00.000Z");
const line = (sentMs: number, tookMs: number, changes: Partial<RequestLine> = {}): RequestLine => ({
  what: "purchase",
  kind: "accepted",
  answerClass: "accepted",
  sentAtMs: START_MS + sentMs,
  answeredAtMs: START_MS + sentMs + tookMs,
  ...changes,
});
const soldOut = { kind: "sold_out", answerClass: "refused" } as const;
const look = { what: "status", kind: "200" } as const;

test("refused, limited, unclear and failed are told apart", () => {
  expect(["accepted", "already_bought"].map((kind) => answerClass(kind as never))).toEqual([
    "accepted",
    "accepted",
  ]);
  expect(["sold_out", "ended", "not_open", "conflict"].map((kind) => answerClass(kind as never))).toEqual(
    Array(4).fill("refused"),
  );
  expect(["rate_limited", "unavailable"].map((kind) => answerClass(kind as never))).toEqual([
    "limited",
    "limited",
  ]);
  expect(
    ["outcome_unknown", "paused", "recovering", "lost"].map((kind) => answerClass(kind as never)),
  ).toEqual(Array(4).fill("unclear"));
  expect(["no_answer", "unreadable", "internal"].map((kind) => answerClass(kind as never))).toEqual(
    Array(3).fill("failed"),
  );
  expect([200, 404, 429, 503, 500, 0].map(lookClass)).toEqual([
    "accepted",
    "refused",
    "limited",
    "limited",
    "failed",
    "failed",
  ]);
});

test("each answer has its own row with its own times; purchases first, then the most frequent", () => {
  const accepted = Array.from({ length: 100 }, (_, index) => line(0, index + 1));
  const rows = outcomeRows([line(0, 5, look), line(0, 7, soldOut), ...accepted]);
  expect(rows).toEqual([
    {
      what: "purchase",
      kind: "accepted",
      answerClass: "accepted",
      count: 100,
      p50Ms: 50,
      p95Ms: 95,
      p99Ms: 99,
      maxMs: 100,
    },
    { what: "purchase", ...soldOut, count: 1, p50Ms: 7, p95Ms: 7, p99Ms: 7, maxMs: 7 },
    {
      what: "status",
      kind: "200",
      answerClass: "accepted",
      count: 1,
      p50Ms: 5,
      p95Ms: 5,
      p99Ms: 5,
      maxMs: 5,
    },
  ]);
});

test("a timeline counts by the second in which answers came, quiet seconds included", () => {
  const none = { accepted: 0, refused: 0, limited: 0, unclear: 0, failed: 0 };
  const seconds = timeline([line(0, 10), line(900, 200, soldOut), line(2_000, 30), line(2_100, 5, look)]);
  expect(seconds).toEqual([
    { second: 0, purchases: { ...none, accepted: 1 }, looks: 0, p50Ms: 10, p99Ms: 10 },
    { second: 1, purchases: { ...none, refused: 1 }, looks: 0, p50Ms: 200, p99Ms: 200 },
    { second: 2, purchases: { ...none, accepted: 1 }, looks: 1, p50Ms: 30, p99Ms: 30 },
  ]);
  expect(timeline([line(0, 10), line(2_500, 10)])[1]).toEqual({
    second: 1,
    purchases: none,
    looks: 0,
    p50Ms: null,
    p99Ms: null,
  });
  expect(timeline([])).toEqual([]);
});
