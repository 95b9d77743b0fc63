import type { Sale } from "../../sale/sale.ts";

/** Whether a sale is over at an instant of the gate's clock. */
export const isOverAt = ({ state, endsAtMs }: Pick<Sale, "state" | "endsAtMs">, nowMs: number): boolean =>
  state === "ended" || (endsAtMs !== null && nowMs >= endsAtMs);
