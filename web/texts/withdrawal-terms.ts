import type { SaleWithdrawal } from "../../core/contract/sale-withdrawal.ts";
import type { withdrawal } from "./en/withdrawal.ts";

/** Whether, and for how long, a buyer may withdraw from what a sale sells: said before they buy. */
export const withdrawalTerms = (
  texts: typeof withdrawal,
  terms: SaleWithdrawal,
  formatCount: (count: number) => string,
): string =>
  terms.kind === "days"
    ? texts.terms(formatCount(terms.days))
    : texts.exceptedSale(texts.exceptions[terms.exception]);
