import { setTimeout as sleep } from "node:timers/promises";
import { gateKeys } from "../../core/gate/keys.ts";
import type { OrderId, SaleId } from "../../core/ids.ts";
import { createOrderQueue } from "../../core/orders/order-queue.sqs.ts";
import { localQueue } from "../../local/aws-clients.ts";
import { openRedis } from "../../local/stores/open-redis.ts";
import type { Facts, StoredOrder } from "../verdict/facts.ts";
import { readFacts, type StoreAddresses } from "../verdict/read-facts.ts";
import { keptOrders } from "./kept-orders.ts";

const LOOK_EVERY_MS = 250;

/**
 * Waits until a sale has come to rest: its gate open, nothing under way, all orders settled and the same in each store.
 *
 * @param poisons the queue need not run empty.
 * @returns the facts, and the time at which it came to rest; null when it did not within the limit.
 */
export async function awaitRest(
  stores: StoreAddresses,
  saleId: SaleId,
  { poisons, limitMs }: { readonly poisons: boolean; readonly limitMs: number },
): Promise<{ readonly facts: Facts; readonly restedAtMs: number | null }> {
  const endsAtMs = performance.now() + limitMs;
  for (;;) {
    const isLate = performance.now() > endsAtMs;
    const isIdle = (await isOpen(stores, saleId)) && (poisons || (await isDrained(stores)));
    if (isIdle || isLate) {
      const facts = await readFacts(stores, saleId);
      const isAtRest = isIdle && isSettled(facts);
      if (isAtRest || isLate) return { facts, restedAtMs: isAtRest ? performance.now() : null };
    }
    await sleep(LOOK_EVERY_MS);
  }
}

/** Whether the sale's gate is there and not being rebuilt. */
export async function isOpen(stores: StoreAddresses, saleId: SaleId): Promise<boolean> {
  const redis = openRedis(stores);
  redis.on("error", () => {});
  try {
    return (await redis.hget(gateKeys(saleId).gate, "recovering")) === "0";
  } finally {
    redis.disconnect();
  }
}

async function isDrained({ sqsEndpoint, orderQueueUrl }: StoreAddresses): Promise<boolean> {
  const sqs = localQueue(sqsEndpoint, orderQueueUrl);
  try {
    const { waiting, inFlight } = await createOrderQueue(sqs).depth();
    return waiting + inFlight === 0;
  } finally {
    sqs.close();
  }
}

function isSettled({ gate, ledger, database }: Facts): boolean {
  const entries = keptOrders(ledger);
  const rejected = new Set<OrderId>(ledger.filter(isRejected).map((order) => order.orderId));
  const kept = gate.orders.filter(({ orderId, unitsLeft }) => !rejected.has(orderId) || unitsLeft > 0);
  return (
    gate.outbox.length === 0 &&
    ledger.every((order) => order.state !== "reserved") &&
    isSame(kept, entries) &&
    isSame(entries, keptOrders(database.rows))
  );
}

const isRejected = ({ state }: { readonly state: string }) => state === "rejected";

/** The same orders, with the same units left. */
function isSame(lefts: readonly StoredOrder[], rights: readonly StoredOrder[]): boolean {
  const units = new Map<OrderId, number>(rights.map((order) => [order.orderId, order.unitsLeft]));
  return lefts.length === rights.length && lefts.every((left) => units.get(left.orderId) === left.unitsLeft);
}
