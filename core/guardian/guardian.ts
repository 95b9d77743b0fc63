import type { Kysely } from "kysely";
import type { Clock } from "../clock.ts";
import { startStopwatch } from "../clock.ts";
import type { SaleId } from "../ids.ts";
import type { Warn } from "../log.ts";
import type { Measure } from "../metrics.ts";
import type { Database } from "../postgres/database.ts";
import { type GuardedSale, guardedSales } from "./guarded-sales.postgres.ts";
import type { GuardianSigns } from "./guardian-signs.dynamo.ts";
import type { Leases } from "./lease.dynamo.ts";

const LOOK_EVERY_MS = 1_000;
/** In turns. Operators see a heartbeat this often, and DynamoDB gets few requests. */
const BEAT_EVERY_TURNS = 2;

export type GuardianDependencies = {
  readonly db: Kysely<Database>;
  readonly leases: Leases;
  readonly signs: GuardianSigns;
  readonly guardSale: (sale: GuardedSale) => Promise<void>;
  readonly clock: Clock;
  readonly measure: Measure;
  readonly warn: Warn;
};

/**
 * Looks after every sale about once a second for a while, each at its own pace: one that is being recovered does not
 * keep the others waiting. A look that fails is tried again at the next turn; nothing is half done that a repeat would
 * not finish.
 */
export async function runGuardian(deps: GuardianDependencies, forMs: number): Promise<void> {
  const elapsedMs = startStopwatch(deps.clock);
  const looking = new Map<SaleId, Promise<void>>();
  const seen = new Set<SaleId>();
  let sales: GuardedSale[] = [];
  let beating = Promise.resolve();
  for (let turn = 1; turn === 1 || elapsedMs() < forMs; turn++) {
    // While PostgreSQL is down, outboxes are still relayed: its last word on which sales there are will do.
    sales = (await salesOf(deps)) ?? sales;
    for (const sale of sales) {
      seen.add(sale.saleId);
      if (looking.has(sale.saleId)) continue;
      const look = deps
        .guardSale(sale)
        .catch((error: unknown) => deps.warn("a look at a sale failed", { saleId: sale.saleId, error }))
        .finally(() => looking.delete(sale.saleId));
      looking.set(sale.saleId, look);
    }
    deps.measure("GuardianHeartbeat", 1);
    if (turn % BEAT_EVERY_TURNS === 1) beating = beat(deps);
    const waitMs = Math.max(0, Math.min(turn * LOOK_EVERY_MS - elapsedMs(), forMs - elapsedMs()));
    await new Promise((resume) => setTimeout(resume, waitMs));
  }
  await Promise.all([beating, ...looking.values()]);
  await Promise.all([...seen].map((saleId) => deps.leases.release(saleId).catch(() => {})));
}

/** A ledger that is slow or down must not keep the guardian from the sales. */
async function beat({ signs, clock, warn }: GuardianDependencies): Promise<void> {
  try {
    await signs.beat(clock.nowMs());
  } catch (error) {
    warn("the heartbeat was not written", { error });
  }
}

async function salesOf(deps: GuardianDependencies): Promise<GuardedSale[] | null> {
  try {
    return await guardedSales(deps.db);
  } catch (error) {
    deps.warn("PostgreSQL did not say which sales there are", { error });
    return null;
  }
}
