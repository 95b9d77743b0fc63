import { MAX_PAGE, type OrderRow, type OrdersQuery } from "../contract/admin-orders.ts";
import { chunk } from "../dynamo/write-items.dynamo.ts";
import type { GateContents } from "../gate/gate-contents.redis.ts";
import type { Gate } from "../gate/gate.redis.ts";
import type { OrderId, SaleId } from "../ids.ts";
import { holdRow } from "../orders/hold-row.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";

export type HoldsDependencies = {
  readonly gate: Pick<Gate, "inspect">;
  readonly contents: Pick<GateContents, "dueHolds">;
  readonly ledger: Pick<Ledger, "get">;
};

/** Of the gate's clock; no hold is due later. */
const ANY_TIME_MS = Number.MAX_SAFE_INTEGER;
const READ_AT_ONCE = 16;

/**
 * A page of a sale's open holds, in the order in which they end: by the gate's list, each as the ledger has it. Beyond the
 * first ten thousand none is found.
 *
 * @returns null: the gate cannot be trusted, and nobody knows which holds there are.
 */
export async function findHolds(
  { gate, contents, ledger }: HoldsDependencies,
  saleId: SaleId,
  { search, after, limit }: Pick<OrdersQuery, "search" | "after" | "limit">,
): Promise<{ readonly orders: OrderRow[]; readonly next: OrderId | null } | null> {
  const view = await gate.inspect(saleId);
  if (view.kind === "lost" || view.isRecovering) return null;
  const all = await contents.dueHolds(saleId, ANY_TIME_MS, MAX_PAGE);
  // A hold that ended since the page before leaves the list: then the page begins with whatever ends first.
  const behind = all.slice(all.findIndex(({ orderId }) => orderId === after) + 1);
  const orders: OrderRow[] = [];
  for (const some of chunk(behind, READ_AT_ONCE)) {
    const entries = await Promise.all(some.map(({ orderId, buyerId }) => ledger.get(orderId, buyerId)));
    const rows = entries.flatMap((entry) => (entry && holdRow(entry)) ?? []);
    orders.push(...rows.filter((row) => isFound(row, search)));
    if (orders.length > limit) return { orders: orders.slice(0, limit), next: orders[limit - 1]!.orderId };
  }
  return { orders, next: null };
}

const isFound = ({ orderId, buyerId, requestId, traceId }: OrderRow, search: string): boolean =>
  [orderId, buyerId, requestId, traceId ?? ""].some((id) => id.startsWith(search));
