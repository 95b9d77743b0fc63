import { holderBits } from "../../core/gate/holder-filter.ts";
import { launchCosts, type LaunchCost } from "./launch-costs.ts";
import type { Outcome } from "./model/outcome.ts";
import { type Asks, bothAsks, lineAsks, statusAsks, waitBeforeMs } from "./model/polls.ts";
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
  /** Within which everybody who presses Buy should be answered: it decides what to provision for an open sale. */
  readonly withinSeconds: number;
  readonly admissionsPerSecond: number;
};

/** Without a number: a unit for each hundred. */
export const unitsFor = (crowd: number): number => Math.ceil(crowd / 100);

export const launchDefaults = {
  seed: 1,
  withinSeconds: 60,
  admissionsPerSecond: 500,
} as const;

/** Of a line: assumptions about people, as there are no sales to look at. */
const line = { mostInside: 20_000, turnSeconds: 120, shareWhoBuy: 0.9 } as const;

/** What a launch would be like with one plan. */
export type Run = {
  readonly plan: Plan;
  readonly outcome: Outcome;
  readonly limits: Limits;
  /** Requests in the busiest second; `looks` are those of pages for what the CDN has. */
  readonly perSecond: Readonly<Record<"cdn" | "looks" | "api" | "gate" | "ledger" | "queue", number>>;
  /** Megabits of filters that the gate sends in its busiest second. */
  readonly gateMegabits: number;
};

export type Forecast = {
  readonly launch: Launch;
  readonly asDeployed: Run;
  readonly provisioned: Run;
  /** Of all pages, for the status and for the line's file. */
  readonly asks: Asks;
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
  const asks = asksOf(launch, outcome);
  return {
    launch,
    asDeployed: before,
    provisioned,
    asks,
    needs: needsOf(launch, provisioned, asks),
    costs: launchCosts(launch, provisioned, asks),
  };
}

function run(launch: Launch, plan: Plan, times: ServiceTimes): Run {
  const { crowd, units, seed } = launch;
  const outcome = simulate({ crowd, units, seed, arrivals: arrivalsOf(launch) }, awsStage(plan, times));
  const looks = asksOf(launch, outcome).mostPerSecond;
  const { api, gate, ledger, queue, gateFilters } = outcome.most;
  return {
    plan,
    outcome,
    limits: limitingStages(outcome, launch.mode),
    perSecond: { cdn: looks + api, looks, api: api + assumed.edges.value, gate, ledger, queue },
    gateMegabits: (gateFilters * holderBits(units)) / 1_000_000,
  };
}

function arrivalsOf({ mode, admissionsPerSecond, crowd }: Launch): Arrivals {
  return mode === "open"
    ? { mode, pollAfterMs: waitBeforeMs({ pages: crowd, hasLine: false }) }
    : { mode, admissionsPerSecond, ...line };
}

/** Every page asks for the status; those that wait in a line read its one file too, from the same cache. */
function asksOf({ crowd, mode, admissionsPerSecond }: Launch, outcome: Outcome): Asks {
  const untilMs = (outcome.everybodyKnowsMs ?? 0) + AFTERWARDS_MS;
  const { soldOutMs, attemptsBy } = outcome;
  const watched = { pages: crowd, hasLine: mode !== "open", soldOutMs, attemptsBy };
  const status = statusAsks(watched, untilMs);
  return mode === "open" ? status : bothAsks(status, lineAsks(watched, admissionsPerSecond, untilMs));
}
