import { holderBits } from "../../core/gate/holder-filter.ts";
import { launchCosts, type LaunchCost } from "./launch-costs.ts";
import type { Outcome } from "./model/outcome.ts";
import { OPENING_SPREAD_MS } from "./model/page.ts";
import { type Asks, pollAfterMs, type PollRule, statusAsks } from "./model/polls.ts";
import { simulate } from "./model/simulate.ts";
import type { Arrivals, Mode } from "./model/stage.ts";
import { limitingStages, type Limits } from "./limits.ts";
import { type Need, needsOf } from "./needs.ts";
import { asDeployed, awsStage, type Plan, planFor } from "./plan.ts";
import { assumed } from "./quotas.ts";
import type { ServiceTimes } from "./service-times.ts";

export type Launch = {
  readonly crowd: number;
  readonly units: number;
  readonly mode: Mode;
  readonly seed: number;
  readonly rule: PollRule;
  /** Within which everybody who presses Buy should be answered: it decides what to provision for an open sale. */
  readonly withinSeconds: number;
  readonly admissionsPerSecond: number;
  readonly openingSpreadMs: number;
};

/** Without a number: a unit for each hundred. */
export const unitsFor = (crowd: number): number => Math.ceil(crowd / 100);

export const launchDefaults = {
  seed: 1,
  withinSeconds: 60,
  admissionsPerSecond: 500,
  pollsPerSecond: 100_000,
  openingSpreadMs: OPENING_SPREAD_MS,
} as const;

/** Of a line: assumptions about people, as there are no sales to look at. */
const line = { mostInside: 20_000, turnSeconds: 120, shareWhoBuy: 0.9 } as const;

/** What a launch would be like with one plan. */
export type Run = {
  readonly plan: Plan;
  readonly outcome: Outcome;
  readonly limits: Limits;
  /** Requests in the busiest second; the CDN's without the opening's own second. */
  readonly perSecond: Readonly<Record<"cdn" | "api" | "gate" | "ledger" | "queue", number>>;
  /** Megabits of filters that the gate sends in its busiest second. */
  readonly gateMegabits: number;
};

export type Forecast = {
  readonly launch: Launch;
  readonly asDeployed: Run;
  readonly provisioned: Run;
  /** How pages ask for the status: as today, and by the rule. */
  readonly asks: {
    readonly withoutRule: Asks;
    readonly withRule: Asks;
    /** By the rule, and spread over the whole wait, the opening's first ask too. */
    readonly spread: Asks;
  };
  readonly needs: readonly Need[];
  readonly costs: readonly LaunchCost[];
};

/** How long pages stay open after the last shopper knows. */
const AFTERWARDS_MS = 30_000;

/** Plays a launch as the stage is deployed by default, and as it would be provisioned for it. */
export function forecast(launch: Launch, times: ServiceTimes): Forecast {
  const attempts =
    launch.mode === "open" ? Math.ceil(launch.crowd / launch.withinSeconds) : launch.admissionsPerSecond;
  const plan = planFor(attempts);
  const before = run(launch, asDeployed, times);
  const provisioned = plan === asDeployed ? before : run(launch, plan, times);
  const { outcome } = provisioned;
  const openingSpreadMs = pollAfterMs("open", launch.crowd, launch.rule);
  const asks = {
    withoutRule: asksOf(launch, outcome, { mostPerSecond: null }),
    withRule: asksOf(launch, outcome, launch.rule),
    spread: asksOf({ ...launch, openingSpreadMs }, outcome, { ...launch.rule, spread: 1 }),
  };
  return {
    launch,
    asDeployed: before,
    provisioned,
    asks,
    needs: needsOf(launch, provisioned, asks),
    costs: launchCosts(launch, provisioned, asks.withRule),
  };
}

function run(launch: Launch, plan: Plan, times: ServiceTimes): Run {
  const { crowd, units, seed } = launch;
  const outcome = simulate({ crowd, units, seed, arrivals: arrivalsOf(launch) }, awsStage(plan, times));
  const asks = asksOf(launch, outcome, launch.rule);
  const { api, gate, ledger, queue, gateFilters } = outcome.most;
  return {
    plan,
    outcome,
    limits: limitingStages(outcome, launch.mode),
    perSecond: { cdn: asks.mostPerSecond + api, api: api + assumed.edges.value, gate, ledger, queue },
    gateMegabits: (gateFilters * holderBits(units)) / 1_000_000,
  };
}

function arrivalsOf({ mode, admissionsPerSecond, crowd, rule, openingSpreadMs }: Launch): Arrivals {
  return mode === "open"
    ? { mode, openingSpreadMs, pollAfterMs: pollAfterMs("open", crowd, rule) }
    : { mode, admissionsPerSecond, ...line };
}

/** In a line pages read its one file instead of the status, as often, and from the same cache. */
function asksOf({ crowd, openingSpreadMs }: Launch, outcome: Outcome, rule: PollRule): Asks {
  const untilMs = (outcome.everybodyKnowsMs ?? 0) + AFTERWARDS_MS;
  return statusAsks(crowd, outcome.soldOutMs, untilMs, rule, openingSpreadMs);
}
