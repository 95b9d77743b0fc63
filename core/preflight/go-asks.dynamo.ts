import * as v from "valibot";
import { goStandings } from "../contract/preflight.ts";
import { saleId } from "../contract/ids.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { putOnce } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";

/** One partition of the ledger's table: what the staff is to be told of by mail. */
const PARTITION = "go#asked";

const askItem = v.object({
  sk: v.string(),
  saleId,
  name: v.string(),
  startsAtMs: v.number(),
  standing: v.picklist(goStandings),
  changes: v.array(v.string()),
  told: v.optional(v.set(v.string()), () => new Set<string>()),
});

/** What a sale is asked about: each start and each standing once. */
export type GoAsk = Omit<v.InferOutput<typeof askItem>, "sk" | "told">;
export type OpenAsk = v.InferOutput<typeof askItem>;

const keyOf = (sk: string) => ({ pk: PARTITION, sk });

export type GoAsks = ReturnType<typeof createGoAsks>;

/** Sales that open soon without a go that stands, between the guardian, which finds them, and whoever sends mail. */
export function createGoAsks(client: Dynamo, table: string) {
  return {
    /** Has the staff asked; safe to repeat. */
    async ask(ask: GoAsk): Promise<void> {
      const sk = `${ask.saleId}#${ask.startsAtMs}#${ask.standing}`;
      await putOnce(client, table, { ...keyOf(sk), ...ask });
    },

    async all(): Promise<OpenAsk[]> {
      return v.parse(v.array(askItem), await queryItems(client, table, PARTITION));
    },

    /** Notes that an address was told, after its mail was taken: cut off in between, it is told twice rather than never. */
    async markTold({ sk }: OpenAsk, email: string): Promise<void> {
      await client.update({
        TableName: table,
        Key: keyOf(sk),
        UpdateExpression: "add told :email",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":email": new Set([email]) },
      });
    },

    async remove({ sk }: OpenAsk): Promise<void> {
      await client.delete({ TableName: table, Key: keyOf(sk) });
    },
  };
}
