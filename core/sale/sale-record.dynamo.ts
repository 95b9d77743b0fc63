import * as v from "valibot";
import { saleId } from "../contract/ids.ts";
import { guestList, guests, noGuestList } from "../contract/guests.ts";
import { saleMode } from "../contract/sale-mode.ts";
import { salePayment } from "../contract/sale-payment.ts";
import { LAWFUL_WITHDRAWAL, saleWithdrawal } from "../contract/sale-withdrawal.ts";
import { picture } from "../contract/picture.ts";
import { attempts, stock, translations } from "../contract/sale.ts";
import { visibility } from "../contract/visibility.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure } from "../dynamo/put-once.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import type { SaleId } from "../ids.ts";
import type { Sale } from "./sale.ts";
import { CURRENT, keyOf, PARTITION } from "./sale-key.ts";
import { standing } from "./sale-standing.dynamo.ts";

const archive = v.object({
  stock,
  attempts: v.nullable(attempts),
});

const face = v.object({
  name: v.string(),
  description: v.string(),
  translations: v.optional(translations, {}),
  picture: v.nullable(picture),
  untilMs: v.number(),
});

const record = v.object({
  ...standing.entries,
  saleId,
  name: v.string(),
  description: v.string(),
  /** Copies from before there were translations have none. */
  translations: v.optional(translations, {}),
  priceMinor: v.number(),
  currency: v.string(),
  allocated: v.number(),
  purchaseLimit: v.number(),
  /** Copies from before there were modes have none: their sales are open. */
  mode: v.optional(saleMode, { kind: "open" }),
  /** Copies from before there were holds have none: their sales ask for nothing. */
  payment: v.optional(salePayment, { kind: "none" }),
  /** Copies from before withdrawals could be set have none: the law's terms hold. */
  withdrawal: v.optional(saleWithdrawal, LAWFUL_WITHDRAWAL),
  /** Copies from before there were lists have none: everybody may come. */
  guests: v.optional(guests, { kind: "everybody" }),
  guestList: v.optional(guestList, noGuestList),
  startsAtMs: v.number(),
  endsAtMs: v.nullable(v.number()),
  /** Copies from before there were pictures have none. */
  picture: v.optional(v.nullable(picture), null),
  /** Copies from before faces were kept have none. */
  faces: v.optional(v.array(face), []),
  /** Copies from before there were drafts have none: everybody saw their sales. */
  visibility: v.optional(visibility, "listed"),
  revision: v.number(),
  /** Copies from before sales were archived have none. */
  archive: v.optional(v.nullable(archive), null),
});

export type SaleRecords = ReturnType<typeof createSaleRecords>;

/** Copies of the sales for functions that do not reach PostgreSQL: the shoppers' view, and which sales exist at all. */
export function createSaleRecords(client: Dynamo, table: string) {
  /** Revision and epoch only grow in PostgreSQL, so of two copies of its row one is newer in both, or the same. */
  async function putUnlessNewer(partition: string, sale: Sale): Promise<boolean> {
    try {
      await client.put({
        TableName: table,
        Item: { pk: partition, sk: sale.saleId, ...sale },
        ConditionExpression: "attribute_not_exists(pk) or (revision <= :revision and epoch <= :epoch)",
        ExpressionAttributeValues: { ":revision": sale.revision, ":epoch": sale.epoch },
      });
      return true;
    } catch (error) {
      if (isConditionFailure(error)) return false;
      throw error;
    }
  }

  return {
    /**
     * Writes the copies unless newer ones are there; safe to repeat. A crash between the two leaves the older one among the
     * current sales, or none: the guardian puts each sale that it looks after again.
     */
    async put(sale: Sale): Promise<void> {
      // Whoever put the newer one puts it among the current ones too.
      if ((await putUnlessNewer(PARTITION, sale)) && sale.archive === null)
        await putUnlessNewer(CURRENT, sale);
    },

    /**
     * Writes the copy of an archived sale, and takes it from the current ones; safe to repeat. If it was changed since, that
     * copy stays among them.
     */
    async putPast(sale: Sale): Promise<void> {
      if (!(await putUnlessNewer(PARTITION, sale))) return;
      try {
        await client.delete({
          TableName: table,
          Key: { pk: CURRENT, sk: sale.saleId },
          ConditionExpression: "attribute_not_exists(pk) or revision <= :revision",
          ExpressionAttributeValues: { ":revision": sale.revision },
        });
      } catch (error) {
        if (!isConditionFailure(error)) throw error;
      }
    },

    /** One sale; null if it does not exist. */
    async get(id: SaleId): Promise<Sale | null> {
      const answer = await client.get({ TableName: table, Key: keyOf(id), ConsistentRead: true });
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
      const { Items, LastEvaluatedKey } = await client.query({
        TableName: table,
        ConsistentRead: true,
        ScanIndexForward: false,
        Limit: limit,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": PARTITION },
        ...(after && { ExclusiveStartKey: { pk: PARTITION, sk: after } }),
      });
      const next = LastEvaluatedKey ? v.parse(saleId, LastEvaluatedKey["sk"]) : null;
      return { sales: v.parse(v.array(record), Items ?? []), next };
    },

    /** The sales that are not past, oldest first; strongly consistent. */
    async current(): Promise<Sale[]> {
      return v.parse(v.array(record), await queryItems(client, table, CURRENT));
    },
  };
}
