import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import type { SaleId } from "../ids.ts";
import { comparisonKey, LEASE_KEY } from "./guardian-key.ts";

const beat = v.object({ atMs: v.number() });
const comparisonItem = v.object({
  atMs: v.number(),
  driftUnits: v.number(),
  inFlight: v.number(),
  /** What the sale's counters were where the stores agreed and nothing was on its way; null: they did not. */
  settledAt: v.optional(v.nullable(v.string()), null),
});

/** When the stores of a sale were last compared, and what came of it. */
export type Comparison = v.InferOutput<typeof comparisonItem>;
export type GuardianSigns = ReturnType<typeof createGuardianSigns>;

/**
 * What the guardian lets others see of itself, in the ledger's table. Times are of the writer's clock, and for people to
 * read: nothing is decided by them.
 */
export function createGuardianSigns(client: DynamoDBDocumentClient, table: string) {
  const get = async (key: { readonly pk: string; readonly sk: string }) =>
    (await client.send(new GetCommand({ TableName: table, Key: key }))).Item;

  return {
    /** When some guardian was last at work: its lease was taken or renewed then. Null: none ever was. */
    async lastBeatMs(): Promise<number | null> {
      const item = await get(LEASE_KEY);
      return item ? v.parse(beat, item).atMs : null;
    },

    async compared(saleId: SaleId, comparison: Comparison): Promise<void> {
      const item = { ...comparisonKey(saleId), ...comparison };
      await client.send(new PutCommand({ TableName: table, Item: item }));
    },

    async lastComparison(saleId: SaleId): Promise<Comparison | null> {
      const item = await get(comparisonKey(saleId));
      return item ? v.parse(comparisonItem, item) : null;
    },
  };
}
