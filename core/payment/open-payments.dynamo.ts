import * as v from "valibot";
import { buyerId, orderId } from "../contract/ids.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure, putOnce } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import type { BuyerId, OrderId } from "../ids.ts";

/** One partition of the ledger's table: the provider's limit of new payments is far below what it takes. */
const PARTITION = "payments#open";

/** Until when the provider's refunds were read, for the sake of those that no message told of. */
const REFUNDS_READ = { pk: "payments#refunds", sk: "read" };
/** A run reads again what came shortly before the last one: clocks differ, and a refund may show late. */
const READ_AGAIN_MS = 10 * 60_000;
/** As far back as the first run looks, and a run after a long outage; the provider repeats messages as long. */
const READ_BACK_MS = 3 * 24 * 3_600_000;

/** Since somebody last came back from the provider's page. */
const LOOK_AGAIN_MS = 5_000;

const openItem = v.object({
  orderId,
  buyerId,
  openedAtMs: v.number(),
  lookedAtMs: v.optional(v.number()),
  waitUntilMs: v.optional(v.number()),
});
export type OpenOrder = v.InferOutput<typeof openItem>;

/** One look at what was given back at the provider, over several runs if it is long. */
const refundLook = v.object({
  /** What was made before is known. */
  sinceMs: v.number(),
  begunAtMs: v.number(),
  /** Where the last page ended that was taken in; null: none was. */
  after: v.nullable(v.string()),
});
export type RefundLook = v.InferOutput<typeof refundLook>;
const refundsRead = v.object({ untilMs: v.number(), look: v.optional(refundLook) });

/** Where it is noted that an order's payments are not at rest. */
export const openPaymentKey = (id: OrderId) => ({ pk: PARTITION, sk: id });

export type OpenPayments = ReturnType<typeof createOpenPayments>;

/** The orders whose payments are not at rest: whatever stands between two steps is found from here. */
export function createOpenPayments(client: Dynamo, table: string) {
  return {
    /** Before the provider hears of a payment. Repeating it keeps the first time. */
    async add(order: { readonly orderId: OrderId; readonly buyerId: BuyerId }, openedAtMs: number) {
      await putOnce(client, table, { ...openPaymentKey(order.orderId), ...order, openedAtMs });
    },

    /**
     * Whether the order is open, and was not looked at for a while. Of those who ask at once, one is told yes.
     * A clock that is wrong holds nobody up: only the distance counts.
     */
    async mayLook(
      order: { readonly orderId: OrderId; readonly buyerId: BuyerId },
      nowMs: number,
    ): Promise<boolean> {
      const { Item } = await client.get({ TableName: table, Key: openPaymentKey(order.orderId) });
      const seen = v.safeParse(openItem, Item);
      if (!seen.success || seen.output.buyerId !== order.buyerId) return false;
      const { lookedAtMs } = seen.output;
      if (lookedAtMs !== undefined && Math.abs(nowMs - lookedAtMs) < LOOK_AGAIN_MS) return false;
      try {
        await client.put({
          TableName: table,
          Item: { ...openPaymentKey(order.orderId), ...seen.output, lookedAtMs: nowMs },
          ...(lookedAtMs === undefined
            ? { ConditionExpression: "attribute_exists(pk) and attribute_not_exists(lookedAtMs)" }
            : {
                ConditionExpression: "attribute_exists(pk) and lookedAtMs = :seen",
                ExpressionAttributeValues: { ":seen": lookedAtMs },
              }),
        });
        return true;
      } catch (error) {
        if (isConditionFailure(error)) return false;
        throw error;
      }
    },

    /** All of them, in no order. */
    async all(): Promise<OpenOrder[]> {
      return v.parse(v.array(openItem), await queryItems(client, table, PARTITION));
    },

    /** Nothing can be done about the order before this, unless a message comes. */
    async wait({ orderId: id, buyerId: buyer, openedAtMs }: OpenOrder, waitUntilMs: number): Promise<void> {
      await client.put({
        TableName: table,
        Item: { ...openPaymentKey(id), orderId: id, buyerId: buyer, openedAtMs, waitUntilMs },
      });
    },

    /** The look at the provider's refunds that is under way, or else a new one, from where the last one began. */
    async refundLook(nowMs: number): Promise<RefundLook> {
      const { Item } = await client.get({ TableName: table, Key: REFUNDS_READ });
      const read = v.safeParse(refundsRead, Item);
      if (read.success && read.output.look) return read.output.look;
      const earliest = nowMs - READ_BACK_MS;
      const sinceMs = read.success ? Math.max(earliest, read.output.untilMs - READ_AGAIN_MS) : earliest;
      return { sinceMs, begunAtMs: nowMs, after: null };
    },

    /** How far a look has come; `after` null: it is at its end, and the next one goes on where this one began. */
    async keepRefundLook(look: RefundLook): Promise<void> {
      const { sinceMs, begunAtMs, after } = look;
      const isOver = after === null;
      await client.put({
        TableName: table,
        Item: isOver
          ? { ...REFUNDS_READ, untilMs: begunAtMs }
          : { ...REFUNDS_READ, untilMs: sinceMs + READ_AGAIN_MS, look },
      });
    },

    /** The order and its payments are at rest. */
    async remove(id: OrderId): Promise<void> {
      await client.delete({ TableName: table, Key: openPaymentKey(id) });
    },
  };
}
