import type { Rules } from "./log-line.ts";

/**
 * From when turns run at the earliest. The log says it once and for all when list 0 closes; a sale that was moved to a later start since
 * opens by its gate alone.
 *
 * @param gateStartsAtMs null: the gate was not asked, or cannot be trusted.
 */
export const opensAtMs = ({ startsAtMs }: Pick<Rules, "startsAtMs">, gateStartsAtMs: number | null): number =>
  Math.max(startsAtMs, gateStartsAtMs ?? 0);
