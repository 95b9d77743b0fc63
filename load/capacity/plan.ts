import { type GateInstance, gateSizes } from "../../core/preflight/gate-sizes.ts";
import { ledgerWarmth } from "../../core/preflight/ledger-warmth.ts";
import { environmentsFor } from "../../core/preflight/warm-up.ts";
import { LEDGER_PARTS } from "../../core/reservation/ledger-key.ts";
import { consumers } from "../../core/topology.ts";
import type { Stage } from "./model/stage.ts";
import { assumed, quotas } from "./quotas.ts";
import type { ServiceTimes } from "./service-times.ts";

/** What a sale is given: by the stacks' defaults and AWS's, or more. */
export type Plan = {
  readonly attemptsPerSecond: number;
  readonly apiPerSecond: number;
  readonly apiBurst: number;
  /** Kept warm; the others start when they are asked for. */
  readonly warm: number;
  readonly concurrency: number;
  readonly ledgerWrites: number;
  readonly gateInstance: GateInstance;
};

/** What stacks/stage.ts and stacks/api-throttles.ts have for production; a test holds these to them. */
export const deployed = { apiRate: 10_000, apiBurst: 5_000, attemptsPerSecond: 500, mostWarm: 800 } as const;
export const PURCHASE_SHARE = 0.6;
/** What AWS keeps for functions without a reservation, and what our other functions take. */
const OTHER_FUNCTIONS = 100;
const HEADROOM = 1.25;
/** Writes a second that one sale can make, however warm its table is. */
const MOST_OF_A_SALE = LEDGER_PARTS * quotas.partition.value;

/** Nothing asked for, nothing set. */
export const asDeployed: Plan = {
  attemptsPerSecond: deployed.attemptsPerSecond,
  apiPerSecond: deployed.apiRate,
  apiBurst: deployed.apiBurst,
  warm: Math.min(deployed.mostWarm, environmentsFor(deployed.attemptsPerSecond)),
  concurrency: quotas.concurrency.value,
  ledgerWrites: quotas.warmWrites.value,
  gateInstance: "t4g.small",
};

/** What so many attempts a second need. */
export function planFor(attemptsPerSecond: number): Plan {
  if (attemptsPerSecond <= deployed.attemptsPerSecond) return asDeployed;
  const warm = environmentsFor(attemptsPerSecond);
  const apiPerSecond = atLeast(deployed.apiRate, (attemptsPerSecond * HEADROOM) / PURCHASE_SHARE);
  return {
    attemptsPerSecond,
    apiPerSecond,
    apiBurst: Math.max(deployed.apiBurst, apiPerSecond / 2),
    warm,
    concurrency: atLeast(quotas.concurrency.value, warm + OTHER_FUNCTIONS),
    ledgerWrites: Math.min(
      MOST_OF_A_SALE,
      ledgerWarmth(attemptsPerSecond)?.writes ?? quotas.warmWrites.value,
    ),
    gateInstance: smallestGate(attemptsPerSecond),
  };
}

/** Rounded up to a hundred: nobody asks AWS for 1,934. */
const atLeast = (least: number, value: number) => Math.max(least, Math.ceil(value / 100) * 100);

/** The first that is good for so many attempts by core/preflight/gate-sizes.ts; else the largest in the list of prices. */
function smallestGate(attemptsPerSecond: number): GateInstance {
  if (attemptsPerSecond <= gateSizes["t4g.small"].attemptsPerSecond) return "t4g.small";
  return "r7g.large";
}

const onLambda = (ms: number) => ms / assumed.cores.value;

/** The stage that a plan makes of AWS, with what our own parts were measured to take. */
export function awsStage(plan: Plan, times: ServiceTimes): Stage {
  const { batchSize, batchWindowSeconds, maximumConcurrency } = consumers.orderConsumer;
  const { memoryMs, refusedMs, acceptedMs } = times.function;
  const { alone } = times.gate;
  return {
    networkMs: assumed.networkMs.value,
    throttle: { perSecond: plan.apiPerSecond * PURCHASE_SHARE, burst: plan.apiBurst * PURCHASE_SHARE },
    environments: {
      warm: plan.warm,
      most: plan.concurrency - OTHER_FUNCTIONS,
      startsPerSecond: quotas.starts.value / 10,
      startsAtOnce: quotas.starts.value,
      coldMs: assumed.runtimeStartMs.value + onLambda(times.importMs),
      leastHoldMs: 1000 / quotas.requestsOfOne.value,
    },
    function: {
      memoryMs: onLambda(memoryMs),
      refusedMs: onLambda(refusedMs),
      acceptedMs: onLambda(acceptedMs),
    },
    gate: { roundTripMs: assumed.gateTripMs.value, ...alone },
    ledger: {
      roundTripMs: assumed.ledgerTripMs.value,
      parts: Math.min(LEDGER_PARTS, Math.floor(plan.ledgerWrites / quotas.partition.value)),
      putMs: 1000 / quotas.partition.value,
    },
    queue: { roundTripMs: assumed.queueTripMs.value, sendMs: 0 },
    consumer: {
      batchSize,
      windowMs: batchWindowSeconds * 1000,
      atOnce: maximumConcurrency,
      functionMs: onLambda(times.local.consumed.api),
      databaseMs: times.local.consumed.database,
      ledgerMs: 1000 / quotas.partition.value,
      queueMs: 0,
      commitMs: assumed.commitMs.value,
      databaseServers: 2,
    },
  };
}
