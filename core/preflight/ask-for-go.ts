import type { Clock } from "../clock.ts";
import { opensFirstAtMs } from "../guests/guests.ts";
import type { SaleId } from "../ids.ts";
import type { Warn } from "../log.ts";
import type { GoAsks } from "./go-asks.dynamo.ts";
import { decidedOf, latestGo } from "./go-decisions.postgres.ts";
import { ASK_BEFORE_MS, goStandingOf } from "./go-standing.ts";
import { openingWithin } from "./near-sales.postgres.ts";
import { judgePreflight } from "./preflight.ts";
import { type PreflightDependencies, readPreflight } from "./read-preflight.ts";

const ASK_EVERY_MS = 30_000;

export type AskDependencies = PreflightDependencies & {
  readonly goAsks: Pick<GoAsks, "ask" | "settle">;
  readonly clock: Clock;
  readonly warn: Warn;
};

/** Finds sales that open within ten minutes and have no go that stands, twice a minute, and has the staff asked by mail. */
export function goDuty(deps: AskDependencies): () => Promise<void> {
  let askedAtMs = Number.NEGATIVE_INFINITY;
  return async () => {
    const nowMs = deps.clock.monotonicMs();
    if (nowMs - askedAtMs < ASK_EVERY_MS) return;
    askedAtMs = nowMs;
    for (const { id, name } of await openingWithin(deps.db, ASK_BEFORE_MS, deps.clock.nowMs())) {
      try {
        await askFor(deps, id, name);
      } catch (error) {
        deps.warn("whether a sale has a go was not found out", { saleId: id, error });
      }
    }
  };
}

async function askFor(deps: AskDependencies, saleId: SaleId, name: string): Promise<void> {
  const [facts, row] = await Promise.all([readPreflight(deps, saleId, null), latestGo(deps.db, saleId)]);
  if (!facts) return;
  const { sale, nowMs } = facts;
  const { checks } = judgePreflight(facts);
  const { standing, changes, isAsked } = goStandingOf(decidedOf(row), { sale, checks, nowMs });
  if (!isAsked) return deps.goAsks.settle(saleId, nowMs);
  const startsAtMs = opensFirstAtMs(sale);
  const { revision } = sale;
  const decisionId = row?.id ?? null;
  await deps.goAsks.ask({ saleId, name, startsAtMs, revision, decisionId, standing, changes }, nowMs);
}
