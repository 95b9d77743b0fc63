import { createSale } from "../create-sale.ts";
import { isFinal } from "../verdict/client-answer.ts";
import { violationOf } from "../verdict/violation.ts";
import { awaitRest } from "./await-rest.ts";
import { startClosedCrowd } from "./crowd/closed-crowd.ts";
import { type Fault, type FaultRun, type LineCheck, nameOf, type Stage } from "./fault.ts";
import type { FaultCloud } from "./fault-cloud.ts";
import { forgetSale } from "./forget-sale.postgres.ts";
import { type Judgement, judgeFault } from "./judge-fault.ts";
import { keepHistory } from "./keep-history.ts";
import { purgeQueue } from "./purge-queue.ts";
import { type RecoveryTimes, readRecoveries } from "./read-recoveries.postgres.ts";

/** By purchase limit: several units a buyer sell a sale out sooner. */
const UNITS = { 1: 60, 3: 120 };
const BUYERS = { 1: 150, 3: 100 };
const CROWD = {
  everyNeverRetries: 5,
  everyAsksAgain: 3,
  waveMs: 200,
  waveBuyers: 10,
  betweenKeysMs: 300,
  limitMs: 150_000,
};
/** The fault strikes once so many have bought, while so many ask. */
const STRIKE_AFTER_ACCEPTED = 15;
const STRIKE_IN_FLIGHT = 6;
const REST_LIMIT_MS = 90_000;
/** More attempts than anybody makes who asks again as told. */
const ATTEMPT_LIMIT = 1_000;

export type FaultResult = Judgement & {
  readonly run: FaultRun;
  readonly inFlight: number;
  /** From the end of the fault to the next final answer; null if there was none. */
  readonly answersMs: number | null;
  /** From the end of the fault, and of the traffic, to the stores at rest; null if they did not come to rest. */
  readonly restMs: number | null;
  readonly recoveries: readonly RecoveryTimes[];
  readonly tookMs: number;
  /** Where the history of a miss is kept. */
  readonly history: string | null;
};

/** The result of a fault whose run broke off. It counts as missed. */
export const failedFault = (run: FaultRun, error: unknown, tookMs: number): FaultResult => ({
  run,
  violations: [{ law: "settled", finding: error instanceof Error ? error.message : String(error) }],
  lost: 0,
  doubled: 0,
  untrueAnswers: 0,
  inFlight: 0,
  answersMs: null,
  restMs: null,
  recoveries: [],
  tookMs,
  history: null,
});

/** Runs one fault on one fresh sale under traffic, and judges the sale. @throws if the fault did not strike. */
export async function runFault(
  cloud: FaultCloud,
  run: FaultRun<Fault>,
  historyFolder: string,
): Promise<FaultResult> {
  const { fault, purchaseLimit } = run;
  const { apiUrl } = cloud;
  const startedMs = performance.now();
  await cloud.reset();
  const saleId = await createSale(apiUrl, {
    name: nameOf(run),
    allocated: unitsOf(run),
    purchaseLimit,
    attemptLimit: ATTEMPT_LIMIT,
  });
  await fault.prepare?.(cloud);
  const buyers = BUYERS[purchaseLimit];
  const crowd = startClosedCrowd({ apiUrl, saleId, purchaseLimit, buyers, ...CROWD, ...fault.crowd });
  const checks: LineCheck[] = [];
  let inFlight = 0;
  const stage: Stage = {
    cloud,
    crowd,
    midBurst: async () => {
      await crowd.until(STRIKE_AFTER_ACCEPTED, STRIKE_IN_FLIGHT);
      inFlight = crowd.inFlight();
      if (inFlight === 0) throw new Error("nobody was left to be struck: nothing was tested");
    },
    alsoJudge: (check) => void checks.push(check),
  };
  await fault.inject(stage);
  const mendedMs = performance.now();
  await crowd.done();
  const quietMs = performance.now();
  const rest = { poisons: fault.poisons === true, limitMs: REST_LIMIT_MS };
  const { facts, restedAtMs } = await awaitRest(cloud.stores(), saleId, rest);
  if (fault.hasStruck?.(cloud) === false) throw new Error("the fault did not strike: nothing was tested");
  const judged = judgeFault(fault, facts, crowd.log, crowd.silent);
  const recoveries = await readRecoveries(cloud.stores().databaseUrl, saleId);
  const broken = checks.flatMap((check) => check({ facts, recoveries }));
  const violations = [
    ...judged.violations,
    ...violationOf("line", "promises of the line broken", broken),
    ...notAtRest(restedAtMs),
  ];
  const history =
    violations.length === 0
      ? null
      : keepHistory(historyFolder, nameOf(run), {
          saleId,
          crowd,
          facts,
          violations,
          recoveries,
          errors: cloud.errors,
        });
  await forgetSale(cloud.stores().databaseUrl, saleId);
  if (fault.poisons) await purgeQueue(cloud.stores());
  const wallMs = performance.timeOrigin + mendedMs;
  const next = crowd.log.find((answer) => isFinal(answer) && answer.sentAtMs >= wallMs);
  return {
    ...judged,
    violations,
    run,
    inFlight,
    answersMs: next ? next.answeredAtMs - wallMs : null,
    restMs: restedAtMs === null ? null : restedAtMs - Math.max(mendedMs, quietMs),
    recoveries,
    tookMs: performance.now() - startedMs,
    history,
  };
}

const unitsOf = ({ fault, purchaseLimit }: FaultRun<Fault>) =>
  fault.units === undefined ? UNITS[purchaseLimit] : fault.units * (purchaseLimit === 1 ? 1 : 2);

export const notAtRest = (restedAtMs: number | null) =>
  restedAtMs === null
    ? [{ law: "settled" as const, finding: "the stores did not come to rest in time" }]
    : [];
