import type { SaleStatus } from "./sale.ts";

/** People are told so long before they can do something: time enough to read it, and not to forget it again. */
export const REMIND_BEFORE_MS = 15 * 60_000;

/** Whether a mail before a sale can still be asked for: before its first list closes where people stand in line, else before it opens. */
export const isReminderOffered = (
  { mode, startsAt }: Pick<SaleStatus, "mode" | "startsAt">,
  nowMs: number,
): boolean => Date.parse(mode.kind === "open" ? startsAt : mode.closesAt) - nowMs > REMIND_BEFORE_MS;
