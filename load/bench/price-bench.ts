import { readFileSync } from "node:fs";
import { readServiceTimes, STORED } from "../capacity/service-times.ts";
import { attemptCosts } from "./attempt-costs.ts";
import type { Measurement } from "./measurement.ts";
import { readPrices, usdPerMillion } from "./price-list.ts";

const costsFile = new URL("../../docs/costs.md", import.meta.url);

/** What a million attempts cost by their outcome, by the prices of docs/costs.md; the stage's idle cost comes beside it. */
export async function benchPrice(): Promise<Measurement[]> {
  const prices = readPrices(readFileSync(costsFile, "utf8"));
  const costs = attemptCosts(readServiceTimes(STORED).function);
  return Object.entries(costs).map(([outcome, cost]) => ({
    budget: `dollars for a million attempts: ${outcome}`,
    figure: `${usdPerMillion(prices, cost).toFixed(2)} USD`,
    goal: "reported",
    isMet: true,
  }));
}
