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
