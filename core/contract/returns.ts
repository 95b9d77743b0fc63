import type { LineView } from "./line.ts";
import type { SaleMode } from "./sale-mode.ts";
import type { SaleStatus } from "./sale.ts";

// No schema code: the storefront has it too.

/** Whether people stand in line for a sale, from its beginning or by now. */
export const hasLine = (mode: SaleMode): boolean => mode.kind !== "open" || mode.returnsSince !== undefined;

/** Whether every unit is taken, and some come back if nobody pays for them. */
const mayComeBack = ({ phase, stock }: Pick<SaleStatus, "phase" | "stock">): boolean =>
  phase === "sold_out" && !!stock?.held;

/** Whether a sale's page is also about its line: it has one, or would with the first who waits for what comes back. */
export const isAboutLine = (sale: Pick<SaleStatus, "mode" | "phase" | "stock">): boolean =>
  hasLine(sale.mode) || mayComeBack(sale);

/**
 * Whether a line that takes nobody now is surely closed. For what comes back to a sale nobody can begin to wait either while the
 * gate does not say what is left, or once a unit has come back: that all are paid for is said of neither.
 */
export const isSurelyClosed = ({ mode, isClosed, stock }: Pick<LineView, "mode" | "isClosed" | "stock">) =>
  mode !== "returns" || isClosed || (stock?.available === 0 && stock.held === 0);
