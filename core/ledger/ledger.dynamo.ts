import {
  type DynamoDBDocumentClient,
  BatchWriteCommand,
  PutCommand,
  QueryCommand,
} from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { type Reservation, reservation } from "../purchase/reservation.ts";
import type { LedgerEntry, Settlement } from "./ledger.ts";
import { buyerKey, orderKey, partitionsOf, SETTLED } from "./ledger-key.ts";

const BATCH_WRITE_ITEMS = 25;
const CONCURRENT_WRITES = 4;

const settlementItem = v.variant("state", [
  v.object({ state: v.literal("confirmed") }),
  v.object({
    state: v.literal("rejected"),
    reason: v.picklist(["over_purchase_limit", "beyond_allocation", "stale_epoch", "conflicting_order"]),
  }),
]);

type Item = Record<string, unknown>;
export type Ledger = ReturnType<typeof createLedger>;

/**
 * The durable record of every reservation, append-only: an entry is put once, its settlement is an item beside it.
 *
 * Reads are strongly consistent. Each method throws what the client throws when the ledger does not answer in time; a
 * put that threw may have happened all the same.
 */
export function createLedger(client: DynamoDBDocumentClient, table: string) {
  async function entries(pk: string, prefix: string): Promise<LedgerEntry[]> {
    const items: Item[] = [];
    let start: Item | undefined;
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: prefix === "" ? "pk = :pk" : "pk = :pk and begins_with(sk, :prefix)",
          ExpressionAttributeValues: prefix === "" ? { ":pk": pk } : { ":pk": pk, ":prefix": prefix },
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      items.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start);
    return joinSettlements(items);
  }

  return {
    /**
     * The commit point: puts a reservation if it is not there. Either answer means that it is in the ledger now; the
     * key holds order and buyer, so what was there is the same reservation.
     */
    async put(entry: Reservation): Promise<"written" | "present"> {
      try {
        await client.send(
          new PutCommand({
            TableName: table,
            Item: { ...orderKey(entry.orderId, entry.buyerId), ...entry },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        );
        return "written";
      } catch (error) {
        if (error instanceof Error && error.name === "ConditionalCheckFailedException") return "present";
        throw error;
      }
    },

    /** One order of a buyer; null if this buyer has no such order. */
    async get(orderId: OrderId, buyerId: BuyerId): Promise<LedgerEntry | null> {
      const { pk, sk } = orderKey(orderId, buyerId);
      return (await entries(pk, sk))[0] ?? null;
    },

    /** A buyer's orders of one sale, oldest first. */
    async ofBuyer(saleId: SaleId, buyerId: BuyerId): Promise<LedgerEntry[]> {
      const { pk, prefix } = buyerKey(saleId, buyerId);
      return (await entries(pk, prefix)).filter((entry) => entry.reservation.saleId === saleId);
    },

    /** Every reservation of a sale, in no order. */
    async ofSale(saleId: SaleId): Promise<LedgerEntry[]> {
      const parts = await Promise.all(partitionsOf(saleId).map((pk) => entries(pk, "")));
      return parts.flat().filter((entry) => entry.reservation.saleId === saleId);
    },

    /** Records what PostgreSQL said; repeating it writes the same. */
    async settle(
      settled: readonly { readonly reservation: Reservation; readonly settlement: Settlement }[],
    ): Promise<void> {
      const items = settled.map((one) => {
        const { pk, sk } = orderKey(one.reservation.orderId, one.reservation.buyerId);
        return { pk, sk: sk + SETTLED, ...one.settlement };
      });
      const batches = chunk(items, BATCH_WRITE_ITEMS);
      for (const together of chunk(batches, CONCURRENT_WRITES))
        await Promise.all(together.map((batch) => writeBatch(client, table, batch)));
    },
  };
}

async function writeBatch(
  client: DynamoDBDocumentClient,
  table: string,
  items: readonly Item[],
): Promise<void> {
  const ATTEMPTS = 5;
  let requests = items.map((Item) => ({ PutRequest: { Item } }));
  for (let attempt = 0; attempt < ATTEMPTS && requests.length > 0; attempt++) {
    if (attempt > 0) await new Promise((resume) => setTimeout(resume, 50 * 2 ** attempt));
    const answer = await client.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
    requests = (answer.UnprocessedItems?.[table] ?? []) as typeof requests;
  }
  if (requests.length > 0) throw new Error(`the ledger left ${requests.length} settlements unwritten`);
}

function joinSettlements(items: readonly Item[]): LedgerEntry[] {
  const settlements = new Map<unknown, Settlement>();
  for (const item of items)
    if (String(item["sk"]).endsWith(SETTLED)) settlements.set(item["sk"], v.parse(settlementItem, item));
  return items
    .filter((item) => !String(item["sk"]).endsWith(SETTLED))
    .map((item) => ({
      reservation: v.parse(reservation, item),
      settlement: settlements.get(`${String(item["sk"])}${SETTLED}`) ?? null,
    }));
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let i = 0; i < items.length; i += size) chunks.push(items.slice(i, i + size));
  return chunks;
}
