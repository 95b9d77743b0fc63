import type { Kysely } from "kysely";
import type { SaleWatch } from "../contract/admin.ts";
import type { Gate } from "../gate/gate.redis.ts";
import { log } from "../log.ts";
import type { Database } from "../postgres/database.ts";
import type { OrderQueue } from "../orders/order-queue.sqs.ts";
import type { GuardianSigns } from "../guardian/guardian-signs.dynamo.ts";
import { latestRecoveries } from "../guardian/recovery.postgres.ts";
import { readGateOf } from "./read-gate.ts";
import { saleNumbers } from "./sale-view.ts";
import type { Sale } from "../sale/sale.ts";
import { revenueOf } from "../sale/revenue.postgres.ts";
import { countOrders } from "../sale/sales.postgres.ts";

export type WatchDependencies = {
  readonly db: Kysely<Database>;
  readonly gate: Gate;
  readonly signs: GuardianSigns;
  readonly queue: OrderQueue;
  readonly deadLetters: OrderQueue;
};

/**
 * All that the console shows of a sale as it goes on. Queues that do not answer are unknown; the rest is still shown.
 *
 * @param maySeeRevenue false: it is not read.
 */
export async function watchSale(
  deps: WatchDependencies,
  sale: Sale,
  nowMs: number,
  maySeeRevenue: boolean,
): Promise<SaleWatch> {
  const [gate, orders, queue, beatMs, comparison, recoveries, revenue] = await Promise.all([
    readGateOf(deps.gate, sale),
    countOrders(deps.db, sale.saleId),
    readQueues(deps),
    deps.signs.lastBeatMs(),
    deps.signs.lastComparison(sale.saleId),
    latestRecoveries(deps.db, sale.saleId),
    maySeeRevenue ? revenueOf(deps.db, sale) : null,
  ]);
  return {
    ...saleNumbers(sale, gate, orders, nowMs),
    queue,
    revenue,
    guardianSeenAt: beatMs === null ? null : iso(beatMs),
    lastComparison: comparison && {
      at: iso(comparison.atMs),
      driftUnits: comparison.driftUnits,
      inFlight: comparison.inFlight,
    },
    recoveries: recoveries.map(({ why, epoch, started_at, finished_at, report: { rebuilt } }) => ({
      why,
      epoch,
      startedAt: started_at.toISOString(),
      finishedAt: finished_at.toISOString(),
      ...rebuilt,
    })),
  };
}

const iso = (ms: number) => new Date(ms).toISOString();

async function readQueues({ queue, deadLetters }: WatchDependencies): Promise<SaleWatch["queue"]> {
  try {
    const [orders, dead] = await Promise.all([queue.depth(), deadLetters.depth()]);
    return { ...orders, deadLetters: dead.waiting + dead.inFlight };
  } catch (error) {
    log.warn("the queues did not answer", { error });
    return null;
  }
}
