import * as v from "valibot";
import { goStandings } from "../contract/preflight.ts";
import { saleId as saleIdText } from "../contract/ids.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure, putOnce } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import type { Item } from "../dynamo/write-items.dynamo.ts";
import type { SaleId } from "../ids.ts";

/** One partition of the ledger's table: what the staff is to be told of by mail. */
const PARTITION = "go#asked";

const askItem = v.object({
  sk: v.string(),
  saleId: saleIdText,
  name: v.string(),
  startsAtMs: v.number(),
  standing: v.picklist(goStandings),
  changes: v.array(v.string()),
  told: v.optional(v.set(v.string()), () => new Set<string>()),
});

/** Which ask of a sale held when the guardian looked last; null: none, somebody has decided. */
const noteItem = v.object({ sk: v.string(), holds: v.nullable(v.string()), atMs: v.number() });
/** The guardian looks twice a minute; a note as old as that says nothing any more. */
const NOTE_LASTS_MS = 2 * 60 * 1000;

/** What a sale is asked about: each start, each decision, each change of settings since, and each standing once. */
export type GoAsk = Omit<v.InferOutput<typeof askItem>, "sk" | "told"> & {
  readonly revision: number;
  /** Of the decision that does not stand; null: there is none. */
  readonly decisionId: string | null;
};
export type OpenAsk = v.InferOutput<typeof askItem> & {
  /** It held when the guardian looked last, moments ago. */
  readonly holds: boolean;
};

const keyOf = (sk: string) => ({ pk: PARTITION, sk });
const noteOf = (saleId: SaleId) => `now#${saleId}`;
const isNote = ({ sk }: Item) => String(sk).startsWith("now#");

export type GoAsks = ReturnType<typeof createGoAsks>;

/** Sales that open soon without a go that stands, between the guardian, which finds them, and whoever sends mail. */
export function createGoAsks(client: Dynamo, table: string) {
  return {
    /** Has the staff asked; said again at each look, for as long as it holds. */
    async ask(ask: GoAsk, nowMs: number): Promise<void> {
      const { saleId, startsAtMs, revision, decisionId, standing } = ask;
      const sk = `${saleId}#${startsAtMs}#${revision}#${decisionId ?? "none"}#${standing}`;
      await putOnce(client, table, { ...keyOf(sk), ...ask });
      await client.put({ TableName: table, Item: { ...keyOf(noteOf(saleId)), holds: sk, atMs: nowMs } });
    },

    /** There is nothing to ask about a sale any more. */
    async settle(saleId: SaleId, nowMs: number): Promise<void> {
      try {
        await client.put({
          TableName: table,
          Item: { ...keyOf(noteOf(saleId)), holds: null, atMs: nowMs },
          ConditionExpression: "attribute_exists(pk)",
        });
      } catch (error) {
        // It was never asked.
        if (!isConditionFailure(error)) throw error;
      }
    },

    async all(nowMs: number): Promise<OpenAsk[]> {
      const items = await queryItems(client, table, PARTITION);
      const notes = v.parse(v.array(noteItem), items.filter(isNote));
      const held = new Set(
        notes.filter(({ atMs }) => atMs > nowMs - NOTE_LASTS_MS).map(({ holds }) => holds),
      );
      const asks = v.parse(
        v.array(askItem),
        items.filter((item) => !isNote(item)),
      );
      return asks.map((ask) => ({ ...ask, holds: held.has(ask.sk) }));
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

    async remove({ sk, saleId }: Pick<OpenAsk, "sk" | "saleId">): Promise<void> {
      await client.delete({ TableName: table, Key: keyOf(noteOf(saleId)) });
      await client.delete({ TableName: table, Key: keyOf(sk) });
    },
  };
}
