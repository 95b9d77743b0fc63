import * as v from "valibot";

const days = "must be a whole number of days from 14 to 365";

/**
 * Why the law gives no right to withdraw from what a sale sells (Directive 2011/83/EU, Article 16): made to the buyer's own
 * wishes, spoils soon, sealed for health or hygiene, sealed recordings or software, for a date of its own, or digital and
 * begun at once.
 */
export const withdrawalExceptions = [
  "made_to_order",
  "perishable",
  "sealed_hygiene",
  "sealed_media",
  "dated_service",
  "digital_begun",
] as const;
export type WithdrawalException = (typeof withdrawalExceptions)[number];

/** Where units go that come back by a withdrawal: on sale again, which in a line means to the next turns, or off sale. */
export const returnsGoes = ["on_sale", "withheld"] as const;

/** Whether a buyer may withdraw from an order, and for how long; the law's fourteen days are the least. */
export const saleWithdrawal = v.variant(
  "kind",
  [
    v.strictObject({
      kind: v.literal("days"),
      days: v.pipe(v.number(days), v.integer(days), v.minValue(14, days), v.maxValue(365, days)),
      returnsGo: v.picklist(returnsGoes, "must be on_sale or withheld"),
    }),
    v.strictObject({
      kind: v.literal("excepted"),
      exception: v.picklist(withdrawalExceptions, "must be an exception that the law knows"),
    }),
  ],
  "kind must be days or excepted",
);
export type SaleWithdrawal = v.InferOutput<typeof saleWithdrawal>;

/** What the law asks for where a merchant has said nothing. */
export const LAWFUL_WITHDRAWAL: SaleWithdrawal = { kind: "days", days: 14, returnsGo: "on_sale" };
