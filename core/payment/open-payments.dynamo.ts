import * as v from "valibot";
import { buyerId, orderId } from "../contract/ids.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { putOnce } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import type { BuyerId, OrderId } from "../ids.ts";

/** One partition of the ledger's table: the provider's limit of new payments is far below what it takes. */
const PARTITION = "payments#open";

const openItem = v.object({ orderId, buyerId, openedAtMs: v.number() });
export type OpenOrder = v.InferOutput<typeof openItem>;

const keyOf = (id: OrderId) => ({ pk: PARTITION, sk: id });

export type OpenPayments = ReturnType<typeof createOpenPayments>;

/** The orders whose payments are not at rest: whatever stands between two steps is found from here. */
export function createOpenPayments(client: Dynamo, table: string) {
  return {
    /** Before the provider hears of a payment. Repeating it keeps the first time. */
    async add(order: { readonly orderId: OrderId; readonly buyerId: BuyerId }, openedAtMs: number) {
      await putOnce(client, table, { ...keyOf(order.orderId), ...order, openedAtMs });
    },

    /** All of them, in no order. */
    async all(): Promise<OpenOrder[]> {
      return v.parse(v.array(openItem), await queryItems(client, table, PARTITION));
    },

    /** The order and its payments are at rest. */
    async remove(id: OrderId): Promise<void> {
      await client.delete({ TableName: table, Key: keyOf(id) });
    },
  };
}
