import * as v from "valibot";
import type { DemotionReason } from "../contract/demotion.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure } from "../dynamo/put-once.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import type { Undone } from "./lanes.ts";
import { lanesKey } from "./line-key.ts";
import { lanesItem, readUndone } from "./undone.dynamo.ts";

/** An item holds 400 KB; so many single buyers take a quarter of it. */
const MOST_BUYERS = 3_000;

/** `sealed`: the list closes or has closed. `full`: too many single buyers. In both nothing was changed. */
export type UndoReply = "undone" | "sealed" | "full";
export type Undoing = { readonly why: DemotionReason } | { readonly buyerId: BuyerId };

/**
 * What operators undid of a list's lanes: one item a list, so that undoing and sealing have an order, and the entries stay as they
 * were put. The guardian seals it before it closes the list; whoever undoes something after that changes nothing.
 */
export function createLanes(client: Dynamo, table: string) {
  return {
    undone: (saleId: SaleId, list: number): Promise<Undone> => readUndone(client, table, saleId, list),

    /** Undoes a reason, or one buyer's lane; safe to repeat. */
    async undo(saleId: SaleId, list: number, what: Undoing): Promise<UndoReply> {
      const [name, value] = "why" in what ? ["reasons", what.why] : ["buyers", what.buyerId];
      try {
        await client.update({
          TableName: table,
          Key: lanesKey(saleId, list),
          UpdateExpression: "add #of :one",
          ConditionExpression:
            "attribute_not_exists(isSealed) and (attribute_not_exists(#of) or size(#of) < :most)",
          ExpressionAttributeNames: { "#of": name },
          ExpressionAttributeValues: { ":one": new Set([value]), ":most": MOST_BUYERS },
        });
        return "undone";
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
      // A seal is never broken: read later, it says the same.
      const Key = lanesKey(saleId, list);
      const { Item } = await client.get({ TableName: table, Key, ConsistentRead: true });
      return v.parse(lanesItem, Item).isSealed ? "sealed" : "full";
    },

    /** From now on nothing is undone in this list. */
    async seal(saleId: SaleId, list: number): Promise<void> {
      await client.update({
        TableName: table,
        Key: lanesKey(saleId, list),
        UpdateExpression: "set isSealed = :true",
        ExpressionAttributeValues: { ":true": true },
      });
    },
  };
}
