import type { Sale } from "./sale.ts";

/** So long after it was closed a sale stays among the current ones. */
export const LATELY_MS = 60 * 60 * 1000;

/** Whether a sale is open, to be opened, or was closed lately; every other one is past. */
export const isCurrent = ({ closedAtMs }: Pick<Sale, "closedAtMs">, nowMs: number): boolean =>
  closedAtMs === null || nowMs - closedAtMs < LATELY_MS;
