import type { Kysely } from "kysely";
import type { GateContents } from "../gate/gate-contents.redis.ts";
import type { Gate } from "../gate/gate.redis.ts";
import type { SaleId } from "../ids.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import type { Database } from "../postgres/database.ts";
import type { OrderQueue } from "../orders/order-queue.sqs.ts";
import type { Facts } from "./facts.ts";

export type FactsDependencies = {
  readonly db: Kysely<Database>;
  readonly ledger: Ledger;
  readonly gate: Gate;
  readonly contents: GateContents;
  readonly queue: OrderQueue;
  readonly deadLetters: OrderQueue;
};

/** As many as a sale's outbox can hold. */
const WHOLE_OUTBOX = Number.POSITIVE_INFINITY;

/**
 * Reads one sale from every store while it goes on.
 *
 * The order matters: rows, then ledger, then gate. What an earlier read saw, the later one sees too, unless it is truly
 * missing. The other way about, an order may have appeared in between: an order of the gate that the ledger did not have
 * yet is in the outbox, which is read after the gate's orders, or has left it, and then the ledger has it by now.
 *
 * @returns null while the gate is lost or recovering: there is nothing to compare with.
 */
export async function readFacts(deps: FactsDependencies, saleId: SaleId): Promise<Facts | null> {
  const before = await deps.gate.inspect(saleId);
  if (before.kind === "lost" || before.isRecovering) return null;
  const { sold, servedEpoch, rows, refunds } = await readOrders(deps.db, saleId);
  const ledger = await deps.ledger.ofSale(saleId);
  const gateOrders = await deps.contents.orders(saleId);
  const outbox = await deps.contents.outbox(saleId, WHOLE_OUTBOX);
  const after = await deps.gate.inspect(saleId);
  if (after.kind === "lost" || after.isRecovering || after.epoch !== before.epoch) return null;

  const known = new Set(ledger.map((entry) => entry.reservation.orderId));
  for (const order of gateOrders) {
    if (known.has(order.orderId)) continue;
    const entry = await deps.ledger.get(order.orderId, order.buyerId);
    if (entry) ledger.push({ ...entry, countedEpoch: entry.reservation.epoch });
  }
  const [queue, deadLetters] = await Promise.all([deps.queue.depth(), deps.deadLetters.depth()]);
  return {
    orders: rows,
    refunds,
    soldInOrders: sold,
    servedEpoch,
    ledger,
    gateOrders,
    outbox: outbox.map(({ orderId }) => orderId),
    stock: after.stock,
    queue,
    deadLetters: deadLetters.waiting + deadLetters.inFlight,
    nowMs: after.nowMs,
  };
}

async function readOrders(db: Kysely<Database>, saleId: SaleId) {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (trx) => {
      const sale = await trx
        .selectFrom("sales")
        .select(["sold", "served_epoch"])
        .where("id", "=", saleId)
        .executeTakeFirstOrThrow();
      const rows = await trx
        .selectFrom("orders")
        .select([
          "id as orderId",
          "buyer_id as buyerId",
          "state",
          "quantity",
          "units_left as unitsLeft",
          "units_withheld as unitsWithheld",
          "request_id as requestId",
          "captured_minor",
          "refunded_minor",
        ])
        .where("sale_id", "=", saleId)
        .execute();
      const refunds = await trx
        .selectFrom("refunds")
        .select(["state", "amount_minor", "given_minor"])
        .where("sale_id", "=", saleId)
        .execute();
      return {
        sold: sale.sold,
        servedEpoch: sale.served_epoch,
        rows: rows.map(({ captured_minor, refunded_minor, ...row }) => ({
          ...row,
          capturedMinor: Number(captured_minor),
          refundedMinor: Number(refunded_minor),
        })),
        refunds: refunds.map(({ state, amount_minor, given_minor }) => ({
          state,
          amountMinor: Number(amount_minor),
          givenMinor: Number(given_minor),
        })),
      };
    });
}
