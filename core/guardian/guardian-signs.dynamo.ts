import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import type { SaleId } from "../ids.ts";

const PARTITION = "guardian";
const HEARTBEAT = "heartbeat";

const heartbeatItem = v.object({ atMs: v.number() });
const comparisonItem = v.object({ atMs: v.number(), driftUnits: v.number(), inFlight: v.number() });

/** When the stores of a sale were last compared, and what came of it. */
export type Comparison = v.InferOutput<typeof comparisonItem>;
export type GuardianSigns = ReturnType<typeof createGuardianSigns>;

/**
 * What the guardian lets others see of itself, in the ledger's table. Times are of the writer's clock, and for people to
 * read: nothing is decided by them.
 */
export function createGuardianSigns(client: DynamoDBDocumentClient, table: string) {
  const put = (sk: string, item: Record<string, unknown>) =>
    client.send(new PutCommand({ TableName: table, Item: { pk: PARTITION, sk, ...item } }));

  const get = async (sk: string) =>
    (await client.send(new GetCommand({ TableName: table, Key: { pk: PARTITION, sk } }))).Item;

  return {
    async beat(atMs: number): Promise<void> {
      await put(HEARTBEAT, { atMs });
    },

    /** When some guardian was last at work; null: none ever was. */
    async lastBeatMs(): Promise<number | null> {
      const item = await get(HEARTBEAT);
      return item ? v.parse(heartbeatItem, item).atMs : null;
    },

    async compared(saleId: SaleId, comparison: Comparison): Promise<void> {
      await put(saleId, comparison);
    },

    async lastComparison(saleId: SaleId): Promise<Comparison | null> {
      const item = await get(saleId);
      return item ? v.parse(comparisonItem, item) : null;
    },
  };
}
