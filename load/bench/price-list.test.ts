import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readPrices, usdPerMillion } from "./price-list.ts";

const costs = readFileSync(new URL("../../docs/costs.md", import.meta.url), "utf8");
const refused = { gigabytes: 1, ms: 10, dynamoWrites: 0, sqsRequests: 0 };

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

test("an acceptance adds its writes and its messages", () => {
  const prices = readPrices(costs);
  const accepted = { ...refused, dynamoWrites: 2, sqsRequests: 3 };
  expect(usdPerMillion(prices, accepted) - usdPerMillion(prices, refused)).toBeCloseTo(
    2 * 0.625 + 3 * 0.4,
    6,
  );
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
