import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { type Reservation, reservation } from "./reservation.ts";
import type { LedgerEntry, SaleEntry, Settlement } from "./ledger.ts";
import { buyerKey, countedKey, countedPartition, orderKey, partitionsOf, SETTLED } from "./ledger-key.ts";
import { chunk, type Item, writeItems } from "../dynamo/write-items.dynamo.ts";

const settlementItem = v.variant("state", [
  v.object({ state: v.literal("confirmed") }),
  v.object({
    state: v.literal("rejected"),
    reason: v.picklist(["over_purchase_limit", "beyond_allocation", "stale_epoch", "conflicting_order"]),
  }),
]);

/** An item holds 400 KB; an id takes 31 bytes. */
const COUNTED_IDS = 5_000;
const countedItem = v.object({ epoch: v.number(), orderIds: v.array(v.string()) });

export type Ledger = ReturnType<typeof createLedger>;

/**
 * The durable record of every reservation, append-only: an entry is put once, its settlement is an item beside it.
 *
 * Reads are strongly consistent. Each method throws what the client throws when the ledger does not answer in time; a
 * put that threw may have happened all the same.
 */
export function createLedger(client: DynamoDBDocumentClient, table: string) {
  async function itemsOf(pk: string, prefix = ""): Promise<Item[]> {
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
    return items;
  }

  const entries = async (pk: string, prefix: string) => joinEntries(await itemsOf(pk, prefix));

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
    async ofSale(saleId: SaleId): Promise<SaleEntry[]> {
      const [lists, ...parts] = await Promise.all(
        [countedPartition(saleId), ...partitionsOf(saleId)].map((pk) => itemsOf(pk)),
      );
      const counted = latestEpochs(lists ?? []);
      return parts
        .flatMap(joinEntries)
        .filter((entry) => entry.reservation.saleId === saleId)
        .map((entry) => ({ ...entry, countedEpoch: counted.get(entry.reservation.orderId) ?? 0 }));
    },

    /** Records what PostgreSQL said; repeating it writes the same. */
    settle: (settled: readonly { readonly reservation: Reservation; readonly settlement: Settlement }[]) =>
      writeItems(
        client,
        table,
        settled.map((one) => beside(one.reservation, SETTLED, one.settlement)),
      ),

    /** Lists reservations as counted into an epoch by a rebuild. A few large items: a rebuild has a second for 10,000. */
    markCounted: (saleId: SaleId, reservations: readonly Reservation[], epoch: number) =>
      writeItems(
        client,
        table,
        chunk(reservations, COUNTED_IDS).map((some, part) => ({
          ...countedKey(saleId, epoch, part),
          epoch,
          orderIds: some.map((one) => one.orderId),
        })),
      ),
  };
}

function beside(one: Reservation, what: string, attributes: Item): Item {
  const { pk, sk } = orderKey(one.orderId, one.buyerId);
  return { pk, sk: sk + what, ...attributes };
}

function latestEpochs(lists: readonly Item[]): Map<unknown, number> {
  const counted = v.parse(v.array(countedItem), lists).toSorted((a, b) => a.epoch - b.epoch);
  return new Map(
    counted.flatMap(({ epoch, orderIds }) => orderIds.map((id): [unknown, number] => [id, epoch])),
  );
}

function joinEntries(items: readonly Item[]): LedgerEntry[] {
  const byKey = new Map(items.map((item) => [String(item["sk"]), item]));
  return items.flatMap((item) => {
    const sk = String(item["sk"]);
    if (sk.endsWith(SETTLED)) return [];
    const settled = byKey.get(sk + SETTLED);
    return [
      {
        reservation: v.parse(reservation, item),
        settlement: settled ? v.parse(settlementItem, settled) : null,
      },
    ];
  });
}
