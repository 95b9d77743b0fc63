import type { Facts } from "../../core/reconciliation/facts.ts";
import { reconcile } from "../../core/reconciliation/reconcile.ts";
import type { Report } from "../../core/reconciliation/report.ts";
import type { BuyerId, OrderId } from "../../core/ids.ts";
import { type Gate, type GateKeys, isOpen, ordersOf } from "./stores/gate.ts";
import { entriesOf, type Ledger } from "./stores/ledger.ts";
import { type Postgres, stateOf } from "./stores/postgres.ts";
import { messagesIn, type Queue } from "./stores/queue.ts";

/** So much later that whatever is undone is overdue. */
const MUCH_LATER_MS = 60_000;

export const stockOf = (keys: GateKeys) => ({
  allocated: keys.settings?.allocated ?? 0,
  available: keys.stock?.available ?? 0,
  held: 0,
  sold: keys.stock?.sold ?? 0,
  withheld: keys.stock?.withheld ?? 0,
});

/** What reconciliation reads; null while the gate is lost or recovering. */
export function factsOf(gate: Gate, postgres: Postgres, ledger: Ledger, queue: Queue): Facts | null {
  const { keys } = gate;
  if (!isOpen(keys)) return null;
  const messages = messagesIn(queue);
  return {
    orders: Object.values(postgres.rows).map((order) => {
      const { unitsLeft, unitsWithheld, kind } = stateOf(order);
      const { orderId, buyerId, quantity, requestId } = order.reservation;
      const state = kind === "rejected" || kind === "returned" ? kind : "confirmed";
      return {
        orderId,
        buyerId,
        state,
        quantity,
        unitsLeft,
        unitsWithheld,
        requestId,
        capturedMinor: 0,
        refundedMinor: 0,
      };
    }),
    refunds: [],
    soldInOrders: postgres.sale.sold,
    servedEpoch: postgres.sale.servedEpoch,
    ledger: entriesOf(ledger),
    gateOrders: ordersOf(keys).map((order) => ({ ...order, buyerId: order.buyerId as BuyerId })),
    outbox: Object.keys(keys.outbox) as OrderId[],
    stock: stockOf(keys),
    queue: {
      waiting: messages.reduce((sum, { waiting }) => sum + waiting, 0),
      inFlight: messages.reduce((sum, { taken }) => sum + taken, 0),
    },
    deadLetters: 0,
    nowMs: MUCH_LATER_MS,
  };
}

export function reportOf(...stores: Parameters<typeof factsOf>): Report | null {
  const facts = factsOf(...stores);
  return facts && reconcile(facts);
}
