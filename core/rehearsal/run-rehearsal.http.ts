import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "../clock.ts";
import type { CrowdAnswer, Rehearsal, RehearsalStep } from "../contract/rehearsal.ts";
import { callSite } from "../canary/call-site.http.ts";
import type { RehearsalId, SaleId } from "../ids.ts";
import { planCrowd } from "./crowd.ts";
import { followLine } from "./follow-line.http.ts";
import { lineTimes } from "./line-times.ts";
import { type Person, sendCrowd } from "./send-crowd.http.ts";

export type RehearsalRun = {
  readonly siteUrl: string;
  /** Of an operator who exists for this run. */
  readonly operator: string;
  readonly newPerson: () => Person;
};

/** A recovery takes its six seconds of drain, and the crowd asks again within five. */
const CROWD_LIMIT_MS = 120_000;
const SETTLE_LIMIT_MS = 90_000;
/** The guardian closes a sale about seventeen seconds after its end. */
const CLOSE_LIMIT_MS = 90_000;
const LOOK_EVERY_MS = 2_000;
const INTERRUPTED = "its crowd was interrupted before the end";

/**
 * Runs a rehearsal from its first purchase until nothing of it is left, at the site's own address, as shoppers and operators
 * would. A run that is interrupted is not judged; whoever takes it up cleans up after it.
 * @returns whether nothing is left to do; false: another run is at it.
 */
export async function runRehearsal(run: RehearsalRun, rehearsalId: RehearsalId): Promise<boolean> {
  const take = (step: RehearsalStep) =>
    callSite<Rehearsal>(run.siteUrl, `POST /api/admin/rehearsals/${rehearsalId}/steps`, {
      token: run.operator,
      body: step,
    });
  const begun = await take({ step: "begin" }).catch(refusedAs409);
  if (begun) await judge(take, { ...(await sell(run, begun, take)), notJudged: null });
  else {
    const interrupted = { answers: [], crowdMs: 0, notJudged: INTERRUPTED, isLast: true };
    // Refused: a second message about a run that goes on.
    if ((await take({ step: "judge", ...interrupted }).catch(refusedAs409)) === null) return false;
  }
  await repeat(CLOSE_LIMIT_MS, async (isLast) => (await take({ step: "purge", isLast })).state === "done");
  return true;
}

type Take = (step: RehearsalStep) => Promise<Rehearsal>;

async function sell(run: RehearsalRun, rehearsal: Rehearsal, take: Take) {
  const { saleId, buyers, units, fault } = rehearsal;
  if (saleId === null) throw new Error("the rehearsal has no sale");
  const act = (action: "pause" | "resume" | "end") =>
    callSite(run.siteUrl, `POST /api/admin/sales/${saleId}/${action}`, { token: run.operator });
  const people = Array.from({ length: buyers }, run.newPerson);
  const startedAtMs = performance.now();
  const left: CrowdAnswer[] = [];
  const { comers, limitMs } = comersOf(run.siteUrl, saleId, rehearsal, people, left);
  const answers = await sendCrowd({
    siteUrl: run.siteUrl,
    saleId,
    plan: planCrowd(fault, buyers, units),
    comers,
    breakIt: async () => {
      if (fault === "redis_loss") await take({ step: "break" });
      else {
        await act("pause");
        await sleep(LOOK_EVERY_MS);
        await act("resume");
      }
    },
    limitMs,
  });
  const crowdMs = Math.round(performance.now() - startedAtMs);
  return { answers: [...answers, ...left], crowdMs };
}

/** In which order, and when, the crowd buys. `left`: what those were told who do not come to that. */
function comersOf(
  siteUrl: string,
  saleId: SaleId,
  { mode: kind, buyers, startedAt }: Rehearsal,
  people: readonly Person[],
  left: CrowdAnswer[],
) {
  if (kind === "open")
    return { comers: people.map((person, index) => ({ person, index })), limitMs: CROWD_LIMIT_MS };
  const { mode, startsAtMs } = lineTimes(kind, buyers, Date.parse(startedAt));
  const nowMs = systemClock.nowMs();
  const limitMs = Math.max(0, startsAtMs - nowMs) + CROWD_LIMIT_MS;
  const joinMs = mode.kind === "open" ? 0 : Date.parse(mode.closesAt) - nowMs;
  const from = performance.now();
  const line = { siteUrl, saleId, people, joinUntilMs: from + joinMs, waitUntilMs: from + limitMs };
  return { comers: followLine(line, left), limitMs };
}

type Judged = Omit<Extract<RehearsalStep, { step: "judge" }>, "step" | "isLast">;

const judge = (take: Take, judged: Judged) =>
  repeat(
    SETTLE_LIMIT_MS,
    async (isLast) => (await take({ step: "judge", ...judged, isLast })).verdict !== null,
  );

/** Looks until it is so; at the end once more, for the last time. What cannot be answered now is asked again. */
async function repeat(limitMs: number, look: (isLast: boolean) => Promise<boolean>): Promise<void> {
  const endsAtMs = performance.now() + limitMs;
  for (;;) {
    const isLast = performance.now() > endsAtMs;
    try {
      if (await look(isLast)) return;
      if (isLast) throw new Error("a rehearsal did not come to its end");
    } catch (error) {
      if (isLast || !/ answered (429|5\d\d):/.test((error as Error).message)) throw error;
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** Null: the rehearsal does not stand where the step begins. */
function refusedAs409(error: Error): null {
  if (/ answered 409:/.test(error.message)) return null;
  throw error;
}
