import { type UpdateDependencies, updateSale } from "../administration/administer-sales.ts";
import type { Rehearsal, RehearsalStep } from "../contract/rehearsal.ts";
import type { Actor } from "../identity/actor.ts";
import type { RehearsalId, SaleId } from "../ids.ts";
import type { LineState } from "../line/line-state.ts";
import { compareStores } from "../reconciliation/compare-stores.ts";
import type { FactsDependencies } from "../reconciliation/read-facts.ts";
import { isSettled } from "../reconciliation/reconcile.ts";
import { TEST_CURRENCY } from "../sale/listed-sales.ts";
import { findSale } from "../sale/sales.postgres.ts";
import { consumers } from "../topology.ts";
import { judge, notJudged } from "./judge.ts";
import { mayTake } from "./next-step.ts";
import type { Purge } from "./purge.ts";
import { countRecoveries, findRehearsal, isCrowdThere, moveOn, purgeRows } from "./rehearsals.postgres.ts";

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

/** Takes a rehearsal one step on; a step that was taken before changes nothing. */
export async function takeStep(
  deps: StepDependencies,
  rehearsalId: RehearsalId,
  step: RehearsalStep,
  actor: Actor,
): Promise<StepOutcome> {
  const rehearsal = await findRehearsal(deps.db, rehearsalId);
  if (!rehearsal) return { kind: "not_found" };
  if (!(await isOwnSale(deps, rehearsal)))
    return { kind: "conflict", why: "it names a sale that people buy in" };
  const may = mayTake(rehearsal.state, step.step);
  if (may === "too_early") return { kind: "conflict", why: `the rehearsal is ${rehearsal.state}` };
  // Two runs must not both sell.
  if (may === "taken" && step.step === "begin") return { kind: "conflict", why: "it has begun already" };
  if (step.step === "judge" && step.notJudged !== null && (await isCrowdThere(deps.db, rehearsalId, RUN_MS)))
    return {
      kind: "conflict",
      why: "its crowd is still there; ask again once its fourteen minutes are over",
    };
  if (may === "now" && !(await take(deps, rehearsal, step, actor)))
    return { kind: "conflict", why: "it has begun already" };
  const now = await findRehearsal(deps.db, rehearsalId);
  return now ? { kind: "taken", rehearsal: now } : { kind: "not_found" };
}

/** Nothing of a sale that people buy in is broken or removed, whatever a row says; PostgreSQL asks the same once more. */
async function isOwnSale({ db }: StepDependencies, { saleId }: Rehearsal): Promise<boolean> {
  const sale = saleId === null ? null : await findSale(db, saleId);
  return !sale || sale.currency === TEST_CURRENCY;
}

/** False: another run was faster. */
async function take(
  deps: StepDependencies,
  rehearsal: Rehearsal,
  step: RehearsalStep,
  actor: Actor,
): Promise<boolean> {
  const { rehearsalId, saleId } = rehearsal;
  switch (step.step) {
    case "begin":
      return moveOn(deps.db, rehearsalId, ["waiting"], "selling");
    case "break":
      if (saleId !== null) await deps.purge.gate(saleId);
      return true;
    case "judge":
      await judgeStep(deps, rehearsal, step);
      return true;
    case "purge":
      await purgeStep(deps, rehearsal, step.isLast, actor);
      return true;
    default:
      return step satisfies never;
  }
}

/** Waits, by doing nothing, until the stores have come to rest; the last time it judges them as they are. */
async function judgeStep(
  deps: StepDependencies,
  { rehearsalId, saleId, buyers, units, fault, mode }: Rehearsal,
  step: Extract<RehearsalStep, { step: "judge" }>,
): Promise<void> {
  const { answers, crowdMs, isLast } = step;
  const end = (verdict: ReturnType<typeof judge>) =>
    moveOn(deps.db, rehearsalId, ["waiting", "selling"], "purging", verdict);
  if (step.notJudged !== null || saleId === null) {
    await end(notJudged(step.notJudged ?? "it has no sale"));
    return;
  }
  const comparison = await compareStores(deps, saleId);
  if (!comparison) {
    if (isLast) await end(notJudged("its gate was not there again in time"));
    return;
  }
  if (!isSettled(comparison.report) && !isLast) return;
  const recoveries = await countRecoveries(deps.db, saleId);
  const entries = mode === "open" ? null : entriesIn(await deps.logs.read(saleId));
  await end(judge({ buyers, units, fault, answers, crowdMs, ...comparison, recoveries, entries }));
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
  isLast: boolean,
  actor: Actor,
): Promise<void> {
  if (saleId !== null && !(await isLeftAlone(deps, saleId, actor, isLast))) return;
  const rows = await purgeRows(deps.db, rehearsalId);
  const items = saleId === null ? 0 : await deps.purge.ledger(saleId);
  const entries = saleId === null || mode === "open" ? 0 : await deps.purge.line(saleId);
  const keys = saleId === null ? 0 : await deps.purge.gate(saleId);
  if (rows + items + entries + keys === 0) await moveOn(deps.db, rehearsalId, ["purging"], "done");
}

async function isLeftAlone(
  deps: StepDependencies,
  saleId: SaleId,
  actor: Actor,
  isLast: boolean,
): Promise<boolean> {
  const sale = await findSale(deps.db, saleId);
  if (!sale || sale.closedAtMs !== null || isLast) return true;
  if (sale.state !== "ended") await updateSale(deps, saleId, { state: "ended" }, actor);
  return false;
}
