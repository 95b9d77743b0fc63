import type { OrderView, OwnOrder } from "../contract/order.ts";
import { whyNotWithdraw, withdrawalEndsAtMs } from "../reservation/withdrawal.ts";
import type { Sale } from "../sale/sale.ts";

/** What a buyer is told of their right to withdraw; null: there is nothing that they could withdraw from. */
export function withdrawalOf(
  { withdrawal }: Pick<Sale, "withdrawal">,
  order: OrderView,
  nowMs: number,
): OwnOrder["withdrawal"] {
  if (!["accepted", "authorised", "confirmed"].includes(order.state) || order.unitsLeft === 0) return null;
  if (withdrawal.kind === "excepted") return withdrawal;
  const reservedAtMs = Date.parse(order.reservedAt);
  const until = new Date(withdrawalEndsAtMs(withdrawal.days, reservedAtMs)).toISOString();
  return { kind: whyNotWithdraw(withdrawal, reservedAtMs, nowMs) === null ? "open" : "over", until };
}
