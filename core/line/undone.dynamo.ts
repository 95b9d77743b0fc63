import * as v from "valibot";
import { type DemotionReason, demotionReasons } from "../contract/demotion.ts";
import { buyerId } from "../contract/ids.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import type { Undone } from "./lanes.ts";
import { lanesKey } from "./line-key.ts";

export const lanesItem = v.object({
  reasons: v.optional(v.set(v.picklist(demotionReasons)), () => new Set<DemotionReason>()),
  buyers: v.optional(v.set(buyerId), () => new Set<BuyerId>()),
  isSealed: v.optional(v.boolean(), false),
});

/** What was undone of a list's lanes; strongly consistent. */
export async function readUndone(
  client: Dynamo,
  table: string,
  saleId: SaleId,
  list: number,
): Promise<Undone> {
  const Key = lanesKey(saleId, list);
  const { Item } = await client.get({ TableName: table, Key, ConsistentRead: true });
  const { reasons, buyers } = v.parse(lanesItem, Item ?? {});
  return { reasons, buyers };
}
