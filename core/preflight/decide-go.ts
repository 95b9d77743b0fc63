import type { DecideGoRequest, PreflightReport } from "../contract/preflight.ts";
import { opensFirstAtMs } from "../guests/guests.ts";
import type { Actor } from "../identity/actor.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import type { SaleId } from "../ids.ts";
import { lockSale } from "../sale/sales.postgres.ts";
import { recordAudit } from "../sale/audit.postgres.ts";
import { decidedOf, goView, latestGo, recordGo } from "./go-decisions.postgres.ts";
import { goStandingOf, needsNote } from "./go-standing.ts";
import { judgePreflight, type PreflightFacts } from "./preflight.ts";
import { type PreflightDependencies, readPreflight } from "./read-preflight.ts";

export type GoDependencies = PreflightDependencies & { readonly addresses: Pick<Addresses, "of"> };

/** The preflight of a sale with what people decided, and whether that stands; null: there is no such sale. */
export async function preflightWithGo(deps: GoDependencies, saleId: SaleId): Promise<PreflightReport | null> {
  // What AWS alone knows is asked by `npm run preflight`.
  const facts = await readPreflight(deps, saleId, null);
  return facts && withGo(deps, saleId, facts);
}

async function withGo(
  { db, addresses }: GoDependencies,
  saleId: SaleId,
  facts: PreflightFacts,
): Promise<PreflightReport> {
  const [judged, row] = [judgePreflight(facts), await latestGo(db, saleId)];
  const { sale, nowMs } = facts;
  return {
    ...judged,
    revision: sale.revision,
    serverTime: new Date(nowMs).toISOString(),
    go: {
      latest: await goView(row, addresses),
      ...goStandingOf(decidedOf(row), { sale, checks: judged.checks, nowMs }),
    },
  };
}

export type GoOutcome =
  | { readonly kind: "decided"; readonly report: PreflightReport }
  | { readonly kind: "not_found" | "needs_note" }
  | { readonly kind: "conflict"; readonly why: string };

/**
 * Records a decision for the settings that were seen, with the preflight of this moment, and the act with it. Decided again, the last one counts: a lost answer
 * is repeated without harm.
 */
export async function decideGo(
  deps: GoDependencies,
  saleId: SaleId,
  { decision, note, revision }: DecideGoRequest,
  actor: Actor,
): Promise<GoOutcome> {
  const facts = await readPreflight(deps, saleId, null);
  if (!facts) return { kind: "not_found" };
  const { sale, nowMs } = facts;
  if (sale.visibility === "draft") return { kind: "conflict", why: "the sale is a draft: publish it first" };
  if (sale.state === "ended" || nowMs >= opensFirstAtMs(sale))
    return { kind: "conflict", why: "the sale has begun or is over: there is nothing to decide" };
  const report = judgePreflight(facts);
  if (needsNote(decision, report.verdict) && note === "") return { kind: "needs_note" };
  const isRecorded = await deps.db.transaction().execute(async (trx) => {
    // Nobody changes the sale until the decision is there: it is of what was seen, or it is not.
    const current = await lockSale(trx, saleId);
    if (current?.revision !== revision || sale.revision !== revision) return false;
    const before = await latestGo(trx, saleId);
    await recordGo(trx, { sale_id: saleId, decision, note, revision, actor, report });
    await recordAudit(trx, saleId, actor, {
      action: "go_decided",
      before: { decision: before?.decision ?? null },
      after: { decision, verdict: report.verdict, note: note || null },
    });
    return true;
  });
  if (!isRecorded)
    return { kind: "conflict", why: "the sale was changed since it was looked at: look again" };
  return { kind: "decided", report: await withGo(deps, saleId, facts) };
}
