import type { BuyerId, SaleStatus } from "../api/contract.ts";
import type { Session } from "../identity/session.ts";

export const moments = ["scheduled", "open", "sold_out", "ended"] as const;
export type Moment = (typeof moments)[number];

/** The sale as it will be at that moment: nothing of it has been sold yet, or everything. */
export function saleAt(sale: SaleStatus, moment: Moment): SaleStatus {
  const { stock } = sale;
  const soldOut = stock && { ...stock, available: 0, sold: stock.allocated };
  return { ...sale, phase: moment, stock: moment === "sold_out" ? soldOut : stock };
}

const nobody = { kind: "signed_in", buyerId: "nobody" as BuyerId, role: "shopper" } as const;

/**
 * Who looks at it then: before the opening somebody who is still to sign in, later somebody who has, and who therefore may buy.
 * It is nobody.
 */
export const visitorAt = (moment: Moment): Session =>
  moment === "open" || moment === "sold_out"
    ? { ...nobody, expiresAtMs: Infinity, address: null }
    : { kind: "anonymous" };
