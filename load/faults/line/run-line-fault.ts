import type { LineView } from "../../../core/contract/line.ts";
import { isAtTheDoor } from "../../fairness/at-the-door.ts";
import { followLine } from "../../fairness/follow-line.ts";
import { joinLine } from "../../fairness/join-line.ts";
import type { Launch } from "../../fairness/launch.ts";
import { verifyLaunch } from "../../fairness/verify-launch.ts";
import { isFinal } from "../../verdict/client-answer.ts";
import { violationOf } from "../../verdict/violation.ts";
import { awaitRest } from "../await-rest.ts";
import type { FaultRun, LineCheck } from "../fault.ts";
import { nameOf } from "../fault.ts";
import type { FaultCloud } from "../fault-cloud.ts";
import { forgetSale } from "../forget-sale.postgres.ts";
import { judgeFault } from "../judge-fault.ts";
import { keepHistory } from "../keep-history.ts";
import { readRecoveries } from "../read-recoveries.postgres.ts";
import { type FaultResult, notAtRest } from "../run-fault.ts";
import { waitUntil } from "../wait-until.ts";
import type { LineFault, LineStage } from "./line-fault.ts";
import { readLine } from "./line-log.ts";
import { otherCounts } from "./other-counts.ts";
import { startLine } from "./start-line.ts";

const LINE_LIMIT_MS = 240_000;
const UNTIL_LIMIT_MS = 120_000;
const REST_LIMIT_MS = 90_000;
const JOINS_AT_ONCE = 12;

/**
 * Runs one fault on a fresh sale whose buyers stand in line, and judges it: by the laws of every sale, by the published files
 * with the outside script, by each turn that somebody was told, and by what the gate counts of each step.
 */
export async function runLineFault(
  cloud: FaultCloud,
  run: FaultRun<LineFault>,
  historyFolder: string,
): Promise<FaultResult> {
  const { fault } = run;
  const startedMs = performance.now();
  await cloud.reset();
  await cloud.guardians.down();
  await fault.prepare?.(cloud);
  const launch = await startLine(cloud.apiUrl, run);
  const checks: LineCheck[] = [];
  const stage = stageOf(cloud, launch, checks);
  try {
    await joinAll(launch);
    cloud.guardians.add();
    let mendedMs = 0;
    const { onTurn, isOver = ({ end }: LineView) => end !== null } = fault;
    const following = {
      limitMs: LINE_LIMIT_MS,
      ...(onTurn && { onTurn: onTurn(stage) }),
      isOver: (view: LineView) => isOver(view) && (!fault.goesOn || mendedMs > 0),
    };
    const inject = async () => {
      await fault.inject(stage);
      mendedMs = performance.now();
    };
    await Promise.all([inject(), followLine(launch, following)]);
    if (fault.hasStruck?.(cloud) === false) throw new Error("the fault did not strike: nothing was tested");
    return await judgeLine(cloud, run, { launch, checks, startedMs, mendedMs, historyFolder });
  } finally {
    launch.callers.honest.close();
  }
}

function stageOf(cloud: FaultCloud, launch: Launch, checks: LineCheck[]): LineStage {
  const line = () => readLine(cloud, launch.saleId);
  return {
    cloud,
    launch,
    line,
    until: (what, isSo) => waitUntil(what, async () => isSo(await line()), UNTIL_LIMIT_MS),
    alsoJudge: (check) => void checks.push(check),
  };
}

async function joinAll(launch: Launch): Promise<void> {
  const next = launch.guests.values();
  const work = async () => {
    for (const guest of next) await joinLine(launch, guest);
  };
  await Promise.all(Array.from({ length: JOINS_AT_ONCE }, work));
}

type Struck = {
  readonly launch: Launch;
  readonly checks: readonly LineCheck[];
  readonly startedMs: number;
  readonly mendedMs: number;
  readonly historyFolder: string;
};

async function judgeLine(
  cloud: FaultCloud,
  run: FaultRun<LineFault>,
  { launch, checks, startedMs, mendedMs, historyFolder }: Struck,
): Promise<FaultResult> {
  const { saleId, log } = launch;
  const quietMs = performance.now();
  const { facts, restedAtMs } = await awaitRest(cloud.stores(), saleId, {
    poisons: false,
    limitMs: REST_LIMIT_MS,
  });
  // Refused at the door, nobody has an order: a log without these finds one all the same.
  const answers = log.filter((answer) => !isAtTheDoor(answer));
  const judged = judgeFault(run.fault, facts, answers, new Set());
  const recoveries = await readRecoveries(cloud.stores().databaseUrl, saleId);
  const verified = await verifyLaunch(launch, facts.ledger, historyFolder);
  const broken = [
    ...launch.faults,
    ...checks.flatMap((check) => check({ facts, recoveries })),
    ...(verified.code === 0 ? [] : [`verify-fairness.mjs ended with ${verified.code}: ${verified.said}`]),
    ...verified.misplaced,
    ...(await otherCounts(cloud, saleId)),
  ];
  const violations = [
    ...judged.violations,
    ...violationOf("line", "promises of the line broken", broken),
    ...notAtRest(restedAtMs),
  ];
  const crowd = { log, silent: new Set<string>() };
  const kept = { saleId, crowd, facts, violations, recoveries, errors: cloud.errors };
  const history = violations.length === 0 ? null : keepHistory(historyFolder, nameOf(run), kept);
  await forgetSale(cloud.stores().databaseUrl, saleId);
  const wallMs = performance.timeOrigin + mendedMs;
  const next = log.find((answer) => isFinal(answer) && answer.sentAtMs >= wallMs);
  return {
    ...judged,
    violations,
    run,
    inFlight: launch.guests.filter((guest) => guest.toldTurn !== null).length,
    answersMs: next ? next.answeredAtMs - wallMs : null,
    restMs: restedAtMs === null ? null : restedAtMs - Math.max(mendedMs, quietMs),
    recoveries,
    tookMs: performance.now() - startedMs,
    history,
  };
}
