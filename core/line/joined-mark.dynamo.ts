import * as v from "valibot";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure } from "../dynamo/put-once.dynamo.ts";
import type { SaleId } from "../ids.ts";
import { joinedKey } from "./line-key.ts";

/** Sales that an instance remembers. */
const MOST_MARKED = 200;

const item = v.object({ changedBy: v.optional(v.number()), hasJoined: v.optional(v.boolean()) });

/** How it stands between those who join a line and staff who change what its joins rely on. */
export type JoinedMark = {
  readonly hasJoined: boolean;
  /** The revision of the last such change, whether it was committed or not; null: there was none. */
  readonly changedBy: number | null;
};

/**
 * Says of a sale's line that somebody has joined, or which revision last changed what joins rely on: one item, so that the two have an
 * order. A change is announced here before it is committed, and only while nobody has joined; whoever joins by an older copy of the
 * sale is turned away then, and reads it again. Once somebody has joined nothing is announced any more.
 */
export function createJoinedMark(client: Dynamo, table: string) {
  /** Sales of which the mark is there, nobody takes it away, and the revision that it was put by. */
  const marked = new Map<SaleId, number>();

  async function putIf(
    saleId: SaleId,
    values: v.InferOutput<typeof item>,
    condition: string,
    revision: number,
  ): Promise<boolean> {
    try {
      await client.put({
        TableName: table,
        Item: { ...joinedKey(saleId), ...values },
        ConditionExpression: condition,
        ExpressionAttributeValues: { ":revision": revision },
      });
      return true;
    } catch (error) {
      if (isConditionFailure(error)) return false;
      throw error;
    }
  }

  async function readMark(saleId: SaleId): Promise<JoinedMark> {
    const { Item } = await client.get({ TableName: table, Key: joinedKey(saleId), ConsistentRead: true });
    if (!Item) return { hasJoined: false, changedBy: null };
    const { changedBy, hasJoined } = v.parse(item, Item);
    // An item from before changes were announced has neither: it was put by somebody who joined.
    return { hasJoined: hasJoined === true || changedBy === undefined, changedBy: changedBy ?? null };
  }

  return {
    readMark,
    hasAnyJoined: async (saleId: SaleId): Promise<boolean> => (await readMark(saleId)).hasJoined,

    /**
     * Says that somebody joins by the sale as it was at this revision. Once by each instance: all joins of a sale would write one item.
     *
     * @returns false: a later change was announced, and nobody joins by what was before it.
     */
    async markJoined(saleId: SaleId, revision: number): Promise<boolean> {
      if ((marked.get(saleId) ?? Infinity) <= revision) return true;
      const values = { hasJoined: true, changedBy: revision };
      const isOfNow = "attribute_not_exists(changedBy) or changedBy <= :revision";
      if (!(await putIf(saleId, values, isOfNow, revision))) return false;
      if (marked.size >= MOST_MARKED) marked.clear();
      marked.set(saleId, revision);
      return true;
    },

    /** Announces a change before it is committed, under the sale's lock. @returns false: somebody has joined. */
    announceChange: (saleId: SaleId, revision: number): Promise<boolean> =>
      putIf(
        saleId,
        { changedBy: revision },
        "attribute_not_exists(pk) or (attribute_not_exists(hasJoined) and changedBy <= :revision)",
        revision,
      ),

    /** Takes back a change that came to nothing, under the sale's lock: `revision` is the one that the sale has. */
    takeBackChange: (saleId: SaleId, announced: number, revision: number): Promise<boolean> =>
      putIf(
        saleId,
        { changedBy: revision },
        "attribute_not_exists(hasJoined) and changedBy = :revision",
        announced,
      ),
  };
}
