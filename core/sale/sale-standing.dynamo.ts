import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import type { SaleId } from "../ids.ts";
import { keyOf } from "./sale-key.ts";

/** As much of a sale's copy as a purchase asks for: whether it goes on, and which epoch counts. */
export const standing = v.object({
  state: v.picklist(["running", "paused", "ended"]),
  epoch: v.number(),
  /** Copies from before closing was a revision have none. */
  closedAtMs: v.optional(v.nullable(v.number()), null),
  attemptLimit: v.number(),
});
export type SaleStanding = Readonly<v.InferOutput<typeof standing>>;

/** Whoever reads a sale's copy; one that reads the whole of it (sale-record.dynamo.ts) reads this too. */
export type SaleStandings = { readonly get: (id: SaleId) => Promise<SaleStanding | null> };

export function createSaleStandings(client: Dynamo, table: string): SaleStandings {
  return {
    /** One sale; null if it does not exist. Strongly consistent. */
    async get(id) {
      const answer = await client.get({ TableName: table, Key: keyOf(id), ConsistentRead: true });
      return answer.Item ? v.parse(standing, answer.Item) : null;
    },
  };
}
