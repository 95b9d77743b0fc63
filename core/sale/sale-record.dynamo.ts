import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import { saleId } from "../contract/ids.ts";
import { saleMode } from "../contract/sale-mode.ts";
import { picture } from "../contract/picture.ts";
import type { SaleId } from "../ids.ts";
import type { Sale } from "./sale.ts";

/** All sales share one partition of the ledger's table: listing them is one query; instances keep the answer a second. */
const PARTITION = "sales";

const record = v.object({
  saleId,
  name: v.string(),
  description: v.string(),
  priceMinor: v.number(),
  currency: v.string(),
  allocated: v.number(),
  purchaseLimit: v.number(),
  attemptLimit: v.number(),
  /** Copies from before there were modes have none: their sales are open. */
  mode: v.optional(saleMode, { kind: "open" }),
  startsAtMs: v.number(),
  endsAtMs: v.nullable(v.number()),
  /** Copies from before there were pictures have none. */
  picture: v.optional(v.nullable(picture), null),
  state: v.picklist(["running", "paused", "ended"]),
  revision: v.number(),
  epoch: v.number(),
  /** Copies from before closing was a revision have none. */
  closedAtMs: v.optional(v.nullable(v.number()), null),
});

export type SaleRecords = ReturnType<typeof createSaleRecords>;

/** Copies of the sales for functions that do not reach PostgreSQL: the shoppers' view, and which sales exist at all. */
export function createSaleRecords(client: DynamoDBDocumentClient, table: string) {
  return {
    /**
     * Writes the copy unless a newer one is there; safe to repeat. Revision and epoch only grow in PostgreSQL, so of two
     * copies of its row one is newer in both, or the same.
     */
    async put(sale: Sale): Promise<void> {
      try {
        await client.send(
          new PutCommand({
            TableName: table,
            Item: { pk: PARTITION, sk: sale.saleId, ...sale },
            ConditionExpression: "attribute_not_exists(pk) or (revision <= :revision and epoch <= :epoch)",
            ExpressionAttributeValues: { ":revision": sale.revision, ":epoch": sale.epoch },
          }),
        );
      } catch (error) {
        if (!(error instanceof Error && error.name === "ConditionalCheckFailedException")) throw error;
      }
    },

    /** One sale; null if it does not exist. */
    async get(id: SaleId): Promise<Sale | null> {
      const key = { pk: PARTITION, sk: id };
      const answer = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
      return answer.Item ? v.parse(record, answer.Item) : null;
    },

    /**
     * Some sales, newest first, from the one before `after` (null: the newest); strongly consistent. `next` is the
     * `after` of the next page; null: there is none.
     */
    async page(
      after: SaleId | null,
      limit: number,
    ): Promise<{ readonly sales: Sale[]; readonly next: SaleId | null }> {
      const { Items, LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          ScanIndexForward: false,
          Limit: limit,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": PARTITION },
          ...(after && { ExclusiveStartKey: { pk: PARTITION, sk: after } }),
        }),
      );
      const next = LastEvaluatedKey ? v.parse(saleId, LastEvaluatedKey["sk"]) : null;
      return { sales: v.parse(v.array(record), Items ?? []), next };
    },

    /** All sales, oldest first. */
    async list(): Promise<Sale[]> {
      const sales: Sale[] = [];
      let start: Record<string, unknown> | undefined;
      do {
        const page = await client.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: "pk = :pk",
            ExpressionAttributeValues: { ":pk": PARTITION },
            ...(start && { ExclusiveStartKey: start }),
          }),
        );
        for (const item of page.Items ?? []) sales.push(v.parse(record, item));
        start = page.LastEvaluatedKey;
      } while (start);
      return sales;
    },
  };
}
