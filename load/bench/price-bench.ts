import { readFileSync } from "node:fs";
import { httpFunction } from "../../core/topology.ts";
import { memoryMegabytes } from "../../stacks/memory.ts";
import type { Measurement } from "./measurement.ts";
import { type AttemptCost, readPrices, usdPerMillion } from "./price-list.ts";

const costsFile = new URL("../../docs/costs.md", import.meta.url);

/** As docs/costs.md takes it: a refusal takes less. An accepted one has two ledger writes, and a message sent, received, deleted. */
const BILLED_MS = 10;
const attempt = {
  gigabytes: memoryMegabytes(httpFunction("purchase").handler) / 1024,
  ms: BILLED_MS,
  dynamoWrites: 0,
  sqsRequests: 0,
};
const outcomes: Readonly<Record<string, AttemptCost>> = {
  "refused, from memory or by the gate": attempt,
  accepted: { ...attempt, dynamoWrites: 2, sqsRequests: 3 },
};

/** What a million attempts cost by their outcome, by the prices of docs/costs.md; the stage's idle cost comes beside it. */
export async function benchPrice(): Promise<Measurement[]> {
  const prices = readPrices(readFileSync(costsFile, "utf8"));
  return Object.entries(outcomes).map(([outcome, cost]) => ({
    budget: `dollars for a million attempts: ${outcome}`,
    figure: `${usdPerMillion(prices, cost).toFixed(2)} USD`,
    goal: "reported",
    isMet: true,
  }));
}
