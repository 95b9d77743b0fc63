import type { UpdateDependencies } from "../administration/administration-dependencies.ts";
import { updateSale } from "../administration/update-sale.ts";
import { systemClock } from "../clock.ts";
import type { Rehearsal, RehearsalStep } from "../contract/rehearsal.ts";
import type { Actor } from "../identity/actor.ts";
import type { RehearsalId, SaleId } from "../ids.ts";
import type { LineState } from "../line/line-state.ts";
import { compareStores } from "../reconciliation/compare-stores.ts";
import type { FactsDependencies } from "../reconciliation/read-facts.ts";
import { isSettled } from "../reconciliation/report.ts";
import { hasTwin } from "../retention/old-orders.postgres.ts";
import { TEST_CURRENCY } from "../sale/listed-sales.ts";
import { findSale } from "../sale/sales.postgres.ts";
import { consumers } from "../topology.ts";
import { isAtRest } from "./judge-paid.ts";
import { judge, notJudged, type Traces } from "./judge.ts";
import { beginsUntilMs } from "./line-times.ts";
import { mayTake } from "./next-step.ts";
import type { Purge } from "./purge.ts";
import {
  countPauses,
  countRecoveries,
  findRehearsal,
  isCrowdThere,
  moveOn,
  nameLostSale,
  purgeRows,
} from "./rehearsals.postgres.ts";
import { REHEARSAL_PRICE_MINOR } from "./terms.ts";

export type StepDependencies = FactsDependencies &
  UpdateDependencies & {
    /** Removes a sale's keys from Redis, and its items from the ledger. */
    readonly purge: Purge;
  };

/** No crowd lasts longer: its function is stopped then. */
const RUN_MS = consumers.rehearsalCrowd.timeLimitSeconds * 1_000;

export type StepOutcome =
  | { readonly kind: "taken"; readonly rehearsal: Rehearsal }
  | { readonly kind: "not_found" }
  | { readonly kind: "conflict"; readonly why: string };

/** Takes a rehearsal one step on; a step that was taken before changes nothing. What it does to its sale it does for whoever started it. */
export async function takeStep(
  deps: StepDependencies,
  rehearsalId: RehearsalId,
  step: RehearsalStep,
  requestId: string,
): Promise<StepOutcome> {
  await nameLostSale(deps.db, rehearsalId);
  const rehearsal = await findRehearsal(deps.db, rehearsalId);
  if (!rehearsal) return { kind: "not_found" };
  if (!(await isOwnSale(deps, rehearsal)))
    return { kind: "conflict", why: "it names a sale that people buy in" };
  const may = mayTake(rehearsal.state, step.step);
  if (may === "too_early") return { kind: "conflict", why: `the rehearsal is ${rehearsal.state}` };
  // Two runs must not both sell.
  if (may === "taken" && step.step === "begin") return { kind: "conflict", why: BEGUN };
  if (step.step === "judge" && step.notJudged !== null && (await isCrowdThere(deps.db, rehearsalId, RUN_MS)))
    return { kind: "conflict", why: "its crowd is still there; ask again once its time limit is over" };
  const refused = may === "now" ? await take(deps, rehearsal, step, requestId) : null;
  if (refused !== null) return { kind: "conflict", why: refused };
  const now = await findRehearsal(deps.db, rehearsalId);
  return now ? { kind: "taken", rehearsal: now } : { kind: "not_found" };
}

const BEGUN = "it has begun already";

/** Nothing of a sale that people buy in is broken or removed, whatever a row says; PostgreSQL asks the same once more. */
async function isOwnSale({ db }: StepDependencies, { saleId }: Rehearsal): Promise<boolean> {
  const sale = saleId === null ? null : await findSale(db, saleId);
  return !sale || sale.currency === TEST_CURRENCY;
}

/** Why it was not taken; null: it was. */
async function take(
  deps: StepDependencies,
  rehearsal: Rehearsal,
  step: RehearsalStep,
  requestId: string,
): Promise<string | null> {
  const actor = { buyerId: rehearsal.startedBy, role: "operator", requestId } as const;
  switch (step.step) {
    case "begin":
      return begin(deps, rehearsal);
    case "break":
      return breakStep(deps, rehearsal, actor);
    case "mend":
      return mendStep(deps, rehearsal, actor);
    case "judge":
      await judgeStep(deps, rehearsal, step);
      return null;
    case "purge":
      await purgeStep(deps, rehearsal, actor);
      return null;
    default:
      return step satisfies never;
  }
}

async function begin(
  { db }: StepDependencies,
  { rehearsalId, saleId, mode, buyers, startedAt }: Rehearsal,
): Promise<string | null> {
  if (saleId === null) return "it has no sale";
  if (systemClock.nowMs() > beginsUntilMs(mode, buyers, Date.parse(startedAt)))
    return "it is too late to begin";
  return (await moveOn(db, rehearsalId, ["waiting"], "selling")) ? null : BEGUN;
}

async function breakStep(
  deps: StepDependencies,
  { saleId, fault }: Rehearsal,
  actor: Actor,
): Promise<string | null> {
  if (saleId === null) return "it has no sale";
  if (fault === "redis_loss") {
    await deps.purge.gate(saleId);
    return null;
  }
  if (fault !== "pause") return `nothing here breaks of ${fault}`;
  const outcome = await updateSale(deps, saleId, { state: "paused" }, actor);
  return outcome.kind === "changed" && outcome.isInForce ? null : "its sale was not paused";
}

async function mendStep(deps: StepDependencies, { saleId }: Rehearsal, actor: Actor): Promise<string | null> {
  const sale = saleId === null ? null : await findSale(deps.db, saleId);
  if (sale?.state !== "paused") return null;
  const outcome = await updateSale(deps, sale.saleId, { state: "running" }, actor);
  return outcome.kind === "changed" ? null : "its sale was not resumed";
}

/** Waits, by doing nothing, until the stores have come to rest; the last time it judges them as they are. */
async function judgeStep(
  deps: StepDependencies,
  rehearsal: Rehearsal,
  step: Extract<RehearsalStep, { step: "judge" }>,
): Promise<void> {
  const { rehearsalId, saleId, mode } = rehearsal;
  const end = (verdict: ReturnType<typeof judge>) =>
    moveOn(deps.db, rehearsalId, ["waiting", "selling"], "purging", verdict);
  if (step.notJudged !== null || saleId === null) {
    await end(notJudged(step.notJudged ?? "it has no sale"));
    return;
  }
  const { books } = step;
  const isPaid = rehearsal.payment === "held";
  const comparison = await compareStores(deps, saleId);
  if (!comparison) {
    if (step.isLast) await end(notJudged("its gate was not there again in time"));
    return;
  }
  const isMoneyAtRest = !isPaid || (books?.every(isAtRest) ?? false);
  if (!(isSettled(comparison.report) && isMoneyAtRest) && !step.isLast) return;
  if (isPaid && books === null) {
    await end(notJudged("the payment provider's books could not be read in time"));
    return;
  }
  const traces = await tracesOf(deps, saleId);
  const entries = mode === "open" ? null : entriesIn(await deps.logs.read(saleId));
  const paid = isPaid && books ? { books, priceMinor: REHEARSAL_PRICE_MINOR } : null;
  await end(judge({ ...rehearsal, ...step, ...comparison, traces, entries, paid }));
}

/** What a fault leaves in the stores, each in its own. */
async function tracesOf(deps: StepDependencies, saleId: SaleId): Promise<Traces> {
  const [recoveries, pauses, view] = await Promise.all([
    countRecoveries(deps.db, saleId),
    countPauses(deps.db, saleId),
    deps.gate.inspect(saleId),
  ]);
  return { recoveries, ...pauses, replays: view.kind === "found" ? view.replays : 0 };
}

const entriesIn = ({ lists }: LineState) =>
  lists.reduce((sum, { root }) => sum + (root ? root.lane0 + root.lane1 : 0), 0);

/**
 * Ends the sale, waits for its guardian to close it, so that nobody looks after it any more, and removes what it left: rows first, by
 * which guardians find it, then ledger, line, and gate. Done is what was found empty once more after that.
 */
async function purgeStep(
  deps: StepDependencies,
  { rehearsalId, saleId, mode }: Rehearsal,
  actor: Actor,
): Promise<void> {
  if (saleId !== null && !(await isLeftAlone(deps, saleId, actor))) return;
  const rows = await purgeRows(deps.db, rehearsalId);
  const items = saleId === null ? 0 : await deps.purge.ledger(saleId, await hasTwin(deps.db, saleId));
  const entries = saleId === null || mode === "open" ? 0 : await deps.purge.line(saleId);
  const keys = saleId === null ? 0 : await deps.purge.gate(saleId);
  if (rows + items + entries + keys === 0) await moveOn(deps.db, rehearsalId, ["purging"], "done");
}

async function isLeftAlone(deps: StepDependencies, saleId: SaleId, actor: Actor): Promise<boolean> {
  const sale = await findSale(deps.db, saleId);
  if (!sale || sale.closedAtMs !== null) return true;
  if (sale.state !== "ended") await updateSale(deps, saleId, { state: "ended" }, actor);
  return false;
}
