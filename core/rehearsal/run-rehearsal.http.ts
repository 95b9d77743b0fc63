import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "../clock.ts";
import type { CrowdAnswer, Rehearsal, RehearsalStep } from "../contract/rehearsal.ts";
import { callSite } from "../canary/call-site.http.ts";
import type { RehearsalId, SaleId } from "../ids.ts";
import type { PaymentProvider } from "../payment/provider.ts";
import type { TestPayer } from "../payment/test-payer.http.ts";
import { planCrowd } from "./crowd.ts";
import { followLine } from "./follow-line.http.ts";
import { lineTimes } from "./line-times.ts";
import { pacedMs } from "./pace.ts";
import { payHold } from "./pay-hold.http.ts";
import { booksOf } from "./provider-books.http.ts";
import { type Person, sendCrowd } from "./send-crowd.http.ts";
import { holderOf, holdsEndWithinMs } from "./terms.ts";

export type RehearsalRun = {
  readonly siteUrl: string;
  /** Of this rehearsal's steps, and of nothing else. */
  readonly token: string;
  readonly newPerson: () => Person;
  /** By whom units are paid for, and whose books say what was paid; asked for only where they are. */
  readonly money: () => Promise<Money>;
};

export type Money = { readonly payer: TestPayer; readonly provider: Pick<PaymentProvider, "madeSince"> };

/** A recovery takes its six seconds of drain, and the crowd asks again within five. */
const CROWD_LIMIT_MS = 120_000;
const SETTLE_LIMIT_MS = 90_000;
/** The guardian closes a sale about seventeen seconds after its end. */
const CLOSE_LIMIT_MS = 90_000;
const LOOK_EVERY_MS = 2_000;
/** As long as the contract lets it be. */
const FAILURE_LENGTH = 200;
/** A pause is taken back, whatever does not answer meanwhile. */
const MEND_LIMIT_MS = 30_000;
const INTERRUPTED = "its crowd did not come in time, or was interrupted before the end";

/**
 * Runs a rehearsal from its first purchase until nothing of it is left, at the site's own address, as shoppers
 * would. A run that is interrupted is not judged; whoever takes it up cleans up after it.
 * @returns whether nothing is left to do; false: another run is at it.
 */
export async function runRehearsal(run: RehearsalRun, rehearsalId: RehearsalId): Promise<boolean> {
  const take = (step: RehearsalStep) =>
    callSite<Rehearsal>(run.siteUrl, `POST /api/admin/rehearsals/${rehearsalId}/steps`, {
      token: run.token,
      body: step,
    });
  const begun = await take({ step: "begin" }).catch(refusedAs409);
  if (begun) await sellAndJudge(run, begun, take);
  else {
    const nothing = { answers: [], crowdMs: 0, faultFailed: null, books: null };
    const interrupted = { ...nothing, notJudged: INTERRUPTED, isLast: true };
    // Refused: a second message about a run that goes on.
    if ((await take({ step: "judge", ...interrupted }).catch(refusedAs409)) === null) return false;
  }
  await repeat(CLOSE_LIMIT_MS, async () => (await take({ step: "purge" })).state === "done");
  return true;
}

type Take = (step: RehearsalStep) => Promise<Rehearsal>;

async function sellAndJudge(run: RehearsalRun, rehearsal: Rehearsal, take: Take): Promise<void> {
  const { saleId, buyers, payment, startedAt } = rehearsal;
  const money = payment === "held" ? await run.money() : null;
  const sold = await sell(run, rehearsal, take, money);
  const limitMs = SETTLE_LIMIT_MS + holdsEndWithinMs(payment, buyers);
  await repeat(limitMs, async (isLast) => {
    // Before the stores are read: what they say then is no older than the books.
    const books = money && saleId ? await booksOf(money.provider, saleId, Date.parse(startedAt)) : null;
    return (await take({ step: "judge", ...sold, notJudged: null, books, isLast })).verdict !== null;
  });
}

async function sell(run: RehearsalRun, rehearsal: Rehearsal, take: Take, money: Money | null) {
  const { saleId, buyers, units, fault } = rehearsal;
  if (saleId === null) throw new Error("the rehearsal has no sale");
  const plan = planCrowd(fault, buyers, units);
  const people = Array.from({ length: buyers }, run.newPerson);
  const startedAtMs = performance.now();
  const left: CrowdAnswer[] = [];
  const { comers, limitMs } = comersOf(run.siteUrl, saleId, rehearsal, people, left);
  const wholeMs = limitMs + pacedMs(buyers * plan.copies);
  const { siteUrl } = run;
  const { answers, faultFailed } = await sendCrowd({
    siteUrl,
    saleId,
    plan,
    comers,
    breakIt: () => makeFault(take),
    limitMs: wholeMs,
    ...(money && {
      afterHold: (person, orderId, number) =>
        payHold({
          siteUrl,
          payer: money.payer,
          person,
          orderId,
          holder: holderOf(number),
          untilMs: startedAtMs + wholeMs,
        }),
    }),
  });
  const crowdMs = Math.round(performance.now() - startedAtMs);
  return {
    answers: [...answers, ...left],
    crowdMs,
    faultFailed: faultFailed?.slice(0, FAILURE_LENGTH) ?? null,
  };
}

/** Breaks the sale, and takes back what is not to stay; a call that was not answered may have been obeyed all the same. */
async function makeFault(take: Take): Promise<void> {
  try {
    await take({ step: "break" });
    await sleep(LOOK_EVERY_MS);
  } finally {
    await repeat(MEND_LIMIT_MS, async () => (await take({ step: "mend" })) !== null);
  }
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

/** Looks until it is so; at the end once more, for the last time. What cannot be answered now is asked again. */
async function repeat(limitMs: number, look: (isLast: boolean) => Promise<boolean>): Promise<void> {
  const endsAtMs = performance.now() + limitMs;
  for (;;) {
    const isLast = performance.now() > endsAtMs;
    try {
      if (await look(isLast)) return;
      if (isLast) throw new Error("a rehearsal did not come to its end");
    } catch (error) {
      // Whatever is not refused for good, a time limit that passed among it, is asked for again.
      if (isLast || / answered 4(?!29)\d\d:/.test((error as Error).message)) throw error;
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** Null: the rehearsal does not stand where the step begins. */
function refusedAs409(error: Error): null {
  if (/ answered 409:/.test(error.message)) return null;
  throw error;
}
