import type { Kysely } from "kysely";
import type { Clock } from "../clock.ts";
import type { Gate } from "../gate/gate.redis.ts";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { OrderQueue } from "../orders/order-queue.sqs.ts";
import type { GuardianSigns } from "../guardian/guardian-signs.dynamo.ts";
import { findSale } from "../sale/sales.postgres.ts";
import type { PreflightFacts, StageFacts } from "./preflight.ts";

export type PreflightDependencies = {
  readonly db: Kysely<Database>;
  readonly gate: Gate;
  readonly queue: OrderQueue;
  readonly deadLetters: OrderQueue;
  readonly signs: GuardianSigns;
  readonly clock: Clock;
};

/** Asks every store about a sale; null: there is no such sale. A queue that does not answer is not known. */
export async function readPreflight(
  deps: PreflightDependencies,
  saleId: SaleId,
  stage: StageFacts | null,
): Promise<PreflightFacts | null> {
  const [sale, view, waiting, dead, guardianSeenAtMs] = await Promise.all([
    findSale(deps.db, saleId),
    deps.gate.inspect(saleId),
    depthOf(deps.queue),
    depthOf(deps.deadLetters),
    deps.signs.lastBeatMs(),
  ]);
  const nowMs = deps.clock.nowMs();
  if (!sale) return null;
  const gate = view.kind === "lost" ? null : { ...view, ...view.stock };
  return { sale, gate, nowMs, deadLetters: dead, ordersWaiting: waiting, guardianSeenAtMs, stage };
}

async function depthOf(queue: OrderQueue): Promise<number | null> {
  try {
    const { waiting, inFlight } = await queue.depth();
    return waiting + inFlight;
  } catch {
    return null;
  }
}
