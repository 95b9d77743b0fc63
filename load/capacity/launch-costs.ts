import { httpFunction } from "../../core/topology.ts";
import { memoryMegabytes } from "../../stacks/memory.ts";
import { type PriceName, prices } from "../../tests/costs/prices.ts";
import { orderCosts } from "../../tests/costs/order-parts.ts";
import { assumed as habits, saleCosts } from "../../tests/costs/sale-costs.ts";
import type { Launch, Run } from "./forecast.ts";
import type { Asks } from "./model/polls.ts";

export type LaunchCost = { readonly what: string; readonly usd: number };

const MILLION = 1_000_000;
const DAY_HOURS = 24;
/** A large sale has its larger stores from the day before until the day after. */
const LARGE_DAYS = 2;

const usd = (price: PriceName, quantity: number) => quantity * prices[price].usd;

/**
 * What a launch costs beside the idle stage: the lines of docs/costs.md that grow with the crowd alone (page, sign-in,
 * traces, logs), and what the run has counted in place of the others.
 */
export function launchCosts(launch: Launch, { plan, outcome }: Run, asks: Asks): LaunchCost[] {
  const { crowd, units } = launch;
  const gigabytes = memoryMegabytes(httpFunction("purchase").handler) / 1024;
  const counted: PriceName[] = [
    "CloudFront requests",
    "CloudFront function",
    "WAF requests",
    "HTTP API requests",
  ];
  const millions =
    (habits.files + habits.statusRequests + 2) * (crowd / MILLION) + (asks.total + outcome.tries) / MILLION;
  // A try that the throttle turns away is not paid for at the API.
  const turnedAway = outcome.turnedAway["API throttle"] ?? 0;
  const apiMillions = (2 * crowd + outcome.tries - turnedAway) / MILLION;
  const warm = plan.warm * gigabytes * habits.warmMinutes * 60;
  const kept = saleCosts(crowd).filter(
    ({ price, what }) => !counted.includes(price) && !what.startsWith("warm") && !what.startsWith("orders"),
  );
  const isLarge = plan.gateInstance === "r7g.large";
  return [
    {
      what: "CDN, its function and the firewall, by request",
      usd: counted.slice(0, 3).reduce((sum, price) => sum + usd(price, millions), 0),
    },
    { what: "API, by request", usd: usd("HTTP API requests", apiMillions) },
    { what: "sign-in: mails and writes", usd: sumOf(kept, (what) => what.startsWith("sign-in")) },
    {
      what: "page's bytes, functions, logs, traces",
      usd: sumOf(kept, (what) => !what.startsWith("sign-in")),
    },
    {
      what: "orders: ledger, queues, consumer and mails",
      usd: orderCosts(units).reduce((sum, { price, quantity }) => sum + usd(price, quantity), 0),
    },
    {
      what: `warm environments, ${habits.warmMinutes} minutes`,
      usd: usd("provisioned concurrency, arm64", warm),
    },
    {
      what: "larger gate and PostgreSQL, two days, where needed",
      usd: isLarge
        ? 2 * LARGE_DAYS * DAY_HOURS * (prices["cache.r7g.large, Valkey"].usd + prices["db.m7g.large"].usd)
        : 0,
    },
  ];
}

const sumOf = (lines: ReturnType<typeof saleCosts>, isMeant: (what: string) => boolean): number =>
  lines
    .filter(({ what }) => isMeant(what))
    .reduce((sum, { price, quantity }) => sum + usd(price, quantity), 0);
