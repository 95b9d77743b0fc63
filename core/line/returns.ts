import type { SaleMode } from "../contract/sale-mode.ts";
import type { SalePayment } from "../contract/sale-payment.ts";
import type { Available } from "../sale/sale.ts";

/** `units_left`: whoever wants one buys it. `all_paid`: none comes back by itself. `unknown`: the gate does not say. */
export type WhyNoReturns = "units_left" | "all_paid" | "unknown";

/** Why nobody can begin to wait for units that come back to a sale; null: every unit is taken, and some are not paid for. */
export function whyNoReturns(stock: Available | null): WhyNoReturns | null {
  if (stock === null) return "unknown";
  if (stock.available > 0) return "units_left";
  return stock.held === 0 ? "all_paid" : null;
}

/** Whether an open sale may get a line for what comes back. One without payment has no holds, so that nothing comes back by itself. */
export const mayAwaitReturns = ({
  mode,
  payment,
}: {
  readonly mode: SaleMode;
  readonly payment: SalePayment;
}): boolean => mode.kind === "open" && mode.returnsSince === undefined && payment.kind === "held";
