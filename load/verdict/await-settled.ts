import { setTimeout as sleep } from "node:timers/promises";
import type { SaleId } from "../../core/ids.ts";
import { createOrderQueue } from "../../core/orders/order-queue.sqs.ts";
import { localQueue } from "../../local/aws-clients.ts";
import type { Facts } from "./facts.ts";
import { readFacts, type StoreAddresses } from "./read-facts.ts";

const LOOK_EVERY_MS = 100;
const DEFAULT_LIMIT_MS = 60_000;

/**
 * Waits until the order queue is empty and every order of the sale is settled, and answers the facts as they are then.
 * After the time limit it answers them as they are: the verdict then says what is left undone.
 */
export async function awaitSettled(
  stores: StoreAddresses,
  saleId: SaleId,
  limitMs = DEFAULT_LIMIT_MS,
): Promise<Facts> {
  const sqs = localQueue(stores.sqsEndpoint, stores.orderQueueUrl);
  const queue = createOrderQueue(sqs);
  const endsAtMs = performance.now() + limitMs;
  try {
    for (;;) {
      const isLate = performance.now() > endsAtMs;
      const { waiting, inFlight } = await queue.depth();
      if (waiting + inFlight === 0 || isLate) {
        const facts = await readFacts(stores, saleId);
        if (isSettled(facts) || isLate) return facts;
      }
      await sleep(LOOK_EVERY_MS);
    }
  } finally {
    sqs.close();
  }
}

const isSettled = ({ gate, ledger }: Facts): boolean =>
  gate.outbox.length === 0 && ledger.every((order) => order.state !== "reserved");
