import type { Clock } from "../clock.ts";
import type { Kysely } from "kysely";
import type { SaleId } from "../ids.ts";
import type { Warn } from "../log.ts";
import type { Database } from "../postgres/database.ts";
import type { GoAsks } from "./go-asks.dynamo.ts";
import { decidedOf, latestGo } from "./go-decisions.postgres.ts";
import { ASK_BEFORE_MS, goStandingOf } from "./go-standing.ts";
import { judgePreflight } from "./preflight.ts";
import { type PreflightDependencies, readPreflight } from "./read-preflight.ts";

const ASK_EVERY_MS = 30_000;
/** The currency of smoke purchases and canaries: nobody is asked whether those may open. */
const TEST_CURRENCY = "XTS";

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
    for (const { id, name } of await openingSoon(deps.db, deps.clock.nowMs())) {
      try {
        await askFor(deps, id, name);
      } catch (error) {
        deps.warn("whether a sale has a go was not found out", { saleId: id, error });
      }
    }
  };
}

const openingSoon = (db: Kysely<Database>, nowMs: number) =>
  db
    .selectFrom("sales")
    .select(["id", "name"])
    .where("starts_at", ">", new Date(nowMs))
    .where("starts_at", "<=", new Date(nowMs + ASK_BEFORE_MS))
    .where("state", "=", "running")
    .where("epoch", ">", 0)
    .where("currency", "<>", TEST_CURRENCY)
    .execute();

async function askFor(deps: AskDependencies, saleId: SaleId, name: string): Promise<void> {
  const [facts, row] = await Promise.all([readPreflight(deps, saleId, null), latestGo(deps.db, saleId)]);
  if (!facts) return;
  const { sale, nowMs } = facts;
  const { checks } = judgePreflight(facts);
  const { standing, changes, isAsked } = goStandingOf(decidedOf(row), { sale, checks, nowMs });
  if (!isAsked) return deps.goAsks.settle(saleId, nowMs);
  const { startsAtMs, revision } = sale;
  const decisionId = row?.id ?? null;
  await deps.goAsks.ask({ saleId, name, startsAtMs, revision, decisionId, standing, changes }, nowMs);
}
