import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { type Reservation, reservation } from "../purchase/reservation.ts";
import type { LedgerEntry, Settlement } from "./ledger.ts";
import { buyerKey, COUNTED, orderKey, partitionsOf, SETTLED } from "./ledger-key.ts";
import { type Item, writeItems } from "./write-items.dynamo.ts";

const settlementItem = v.variant("state", [
  v.object({ state: v.literal("confirmed") }),
  v.object({
    state: v.literal("rejected"),
    reason: v.picklist(["over_purchase_limit", "beyond_allocation", "stale_epoch", "conflicting_order"]),
  }),
]);

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
    return joinEntries(items);
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
    settle: (settled: readonly { readonly reservation: Reservation; readonly settlement: Settlement }[]) =>
      writeItems(
        client,
        table,
        settled.map((one) => beside(one.reservation, SETTLED, one.settlement)),
      ),

    /** Marks reservations as counted into an epoch by a rebuild. */
    markCounted: (reservations: readonly Reservation[], epoch: number) =>
      writeItems(
        client,
        table,
        reservations.map((one) => beside(one, COUNTED, { epoch })),
      ),
  };
}

function beside(one: Reservation, what: string, attributes: Item): Item {
  const { pk, sk } = orderKey(one.orderId, one.buyerId);
  return { pk, sk: sk + what, ...attributes };
}

function joinEntries(items: readonly Item[]): LedgerEntry[] {
  const byKey = new Map(items.map((item) => [String(item["sk"]), item]));
  return items.flatMap((item) => {
    const sk = String(item["sk"]);
    if (sk.endsWith(SETTLED) || sk.endsWith(COUNTED)) return [];
    const settled = byKey.get(sk + SETTLED);
    return [
      {
        reservation: v.parse(reservation, item),
        countedEpoch: Number(byKey.get(sk + COUNTED)?.["epoch"] ?? 0),
        settlement: settled ? v.parse(settlementItem, settled) : null,
      },
    ];
  });
}
