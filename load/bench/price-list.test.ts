import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { httpFunction } from "../../core/topology.ts";
import { attemptCosts } from "./attempt-costs.ts";
import { readPrices, usdPerMillion } from "./price-list.ts";

const costs = readFileSync(new URL("../../docs/costs.md", import.meta.url), "utf8");
/** Of a gigabyte. */
const run = { handler: httpFunction("purchase").handler, ms: 10 };
const refused = { requests: 1, runs: [run], dynamoWrites: 0, sqsRequests: 0, mails: 0 };

test("the document's prices are read, and of its other tables nothing", () => {
  const prices = readPrices(costs);
  expect(prices.get("HTTP API requests")).toEqual({ usd: 1, per: "million" });
  expect(prices.get("Lambda, arm64")).toEqual({ usd: 0.0000133334, per: "GB-second" });
  expect(prices.has("gate: 2 nodes (cache.t4g.small, Valkey)")).toBe(false);
});

test("a million refusals: the way in, ten milliseconds each, a kilobyte of log, one trace in twenty", () => {
  // 1 + 0.1 + 0.6 + 1 + 0.2, then 10,000 GB-seconds, a gigabyte, 50,000 traces.
  expect(usdPerMillion(readPrices(costs), refused)).toBeCloseTo(2.9 + 0.133334 + 0.5 + 0.25, 6);
});

test("an acceptance adds its writes, its messages and its mail, and the runs behind it with their logs", () => {
  const prices = readPrices(costs);
  const accepted = { ...refused, runs: [run, run], dynamoWrites: 4, sqsRequests: 6, mails: 1 };
  expect(usdPerMillion(prices, accepted) - usdPerMillion(prices, refused)).toBeCloseTo(
    4 * 0.625 + 6 * 0.4 + 100 + (0.2 + 0.133334 + 0.5),
    6,
  );
});

test("what costs more the further an attempt comes: from memory, by the gate, accepted, paid for", () => {
  const attempts = Object.values(attemptCosts({ memoryMs: 0.02, refusedMs: 0.3, acceptedMs: 1 }));
  const usd = attempts.map((cost) => usdPerMillion(readPrices(costs), cost));
  expect(usd).toHaveLength(4);
  // A begun millisecond is paid for: both refusals may take one.
  expect(usd[0]).toBeLessThanOrEqual(usd[1]!);
  expect(usd[2]! - usd[1]!).toBeGreaterThan(100);
  expect(usd[3]).toBeGreaterThan(usd[2]!);
  expect(attempts.map(({ dynamoWrites, sqsRequests, mails }) => [dynamoWrites, sqsRequests, mails])).toEqual([
    [0, 0, 0],
    [0, 0, 0],
    [4, 6, 1],
    [13, 12, 1],
  ]);
});

test("a price that is missing, or per something else, is no zero", () => {
  expect(() => usdPerMillion(readPrices("## Prices\n"), refused)).toThrow(
    'no price of "CloudFront requests"',
  );
  const perThousand = costs.replace(/(\| HTTP API requests +\| 1 +\| )million/, "$1thousand");
  expect(() => usdPerMillion(readPrices(perThousand), refused)).toThrow(
    'no price of "HTTP API requests" per million',
  );
});
