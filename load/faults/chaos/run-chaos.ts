import { setTimeout as sleep } from "node:timers/promises";
import { createSale } from "../../create-sale.ts";
import { awaitRest } from "../await-rest.ts";
import { catalogue } from "../catalogue/catalogue.ts";
import { type ClosedCrowd, startClosedCrowd } from "../crowd/closed-crowd.ts";
import type { PurchaseLimit } from "../crowd/shopping.ts";
import { type Fault, losesPlaces } from "../fault.ts";
import type { FaultCloud } from "../fault-cloud.ts";
import { judgeFault } from "../judge-fault.ts";
import { keepHistory } from "../keep-history.ts";
import { readRecoveries } from "../read-recoveries.postgres.ts";
import type { FaultResult } from "../run-fault.ts";
import type { ChaosStep } from "./plan-chaos.ts";

/** The purchase limits of the sales. */
const LIMITS: readonly PurchaseLimit[] = [1, 3, 1];
const WAVE_MS = 1_000;
const WAVE_BUYERS = 4;
const UNITS_PER_BUYER = { 1: 0.4, 3: 0.8 };
/** After the last fault everybody must get an answer, and the stores must agree, within these. */
const ANSWER_LIMIT_MS = 120_000;
const REST_LIMIT_MS = 120_000;

export type ChaosOptions = {
  readonly plan: readonly ChaosStep[];
  readonly seconds: number;
  readonly historyFolder: string;
  readonly onStep: (step: ChaosStep) => void;
};

/** What a sale is judged by that any fault may have struck. */
const anything = (number: number): Fault => ({
  name: `chaos-sale-${number + 1}`,
  line: "random faults at random times",
  voids: losesPlaces,
  mayReject: true,
  inject: () => Promise.resolve(),
});

/** Sells several sales at once, from start to end of a plan of faults, and judges each. */
export async function runChaos(cloud: FaultCloud, options: ChaosOptions): Promise<FaultResult[]> {
  const startedMs = performance.now();
  const buyers = Math.ceil(((options.seconds * 1000) / WAVE_MS) * WAVE_BUYERS);
  const crowds = await Promise.all(LIMITS.map((limit) => startSale(cloud, options, buyers, limit)));
  let strikes = 0;
  for (const step of options.plan) {
    await sleep(Math.max(0, startedMs + step.atMs - performance.now()));
    const fault = catalogue.find((known) => known.name === step.fault);
    const crowd = crowds[strikes++ % crowds.length];
    if (!fault || !crowd) throw new Error(`there is no fault ${step.fault}`);
    options.onStep(step);
    await fault.prepare?.(cloud);
    await fault.inject({ cloud, crowd, midBurst: () => Promise.resolve(), alsoJudge: () => {} });
  }
  const mendedMs = performance.now();
  await Promise.all(crowds.map((crowd) => crowd.done()));
  const results: FaultResult[] = [];
  for (const [number, crowd] of crowds.entries())
    results.push(await judgeSale(cloud, anything(number), crowd, { ...options, startedMs, mendedMs }));
  return results;
}

async function startSale(
  cloud: FaultCloud,
  { seconds }: ChaosOptions,
  buyers: number,
  purchaseLimit: PurchaseLimit,
) {
  const { apiUrl } = cloud;
  const allocated = Math.ceil(buyers * UNITS_PER_BUYER[purchaseLimit]);
  const saleId = await createSale(apiUrl, { name: "Chaos", allocated, purchaseLimit, attemptLimit: 1_000 });
  return startClosedCrowd({
    apiUrl,
    saleId,
    purchaseLimit,
    buyers,
    everyNeverRetries: 5,
    everyAsksAgain: 3,
    waveMs: WAVE_MS,
    waveBuyers: WAVE_BUYERS,
    betweenKeysMs: WAVE_MS,
    limitMs: seconds * 1000 + ANSWER_LIMIT_MS,
  });
}

async function judgeSale(
  cloud: FaultCloud,
  fault: Fault,
  crowd: ClosedCrowd,
  at: { readonly historyFolder: string; readonly startedMs: number; readonly mendedMs: number },
): Promise<FaultResult> {
  const { saleId } = crowd;
  const quietMs = performance.now();
  const { facts, restedAtMs } = await awaitRest(cloud.stores(), saleId, {
    poisons: false,
    limitMs: REST_LIMIT_MS,
  });
  const judged = judgeFault(fault, facts, crowd.log, crowd.silent);
  const violations =
    restedAtMs === null
      ? [
          ...judged.violations,
          { law: "settled" as const, finding: "the stores did not come to rest in time" },
        ]
      : judged.violations;
  const recoveries = await readRecoveries(cloud.stores().databaseUrl, saleId);
  const history = { saleId, crowd, facts, violations, recoveries, errors: cloud.errors };
  return {
    ...judged,
    violations,
    run: { fault, purchaseLimit: crowd.purchaseLimit },
    inFlight: 0,
    answersMs: null,
    restMs: restedAtMs === null ? null : restedAtMs - Math.max(quietMs, at.mendedMs),
    recoveries,
    tookMs: performance.now() - at.startedMs,
    history: violations.length === 0 ? null : keepHistory(at.historyFolder, fault.name, history),
  };
}
