import type { SaleEntry } from "../reservation/ledger.ts";
import { sha256Hex } from "./bytes.ts";
import { ORDER_PAGE_ORDERS } from "./public-log.ts";

/**
 * The orders of a line in public, by place, as docs/fairness.md has them: pages of
 * `orderHash place leaf step quantity unitsLeft state reservedAtMs`. What only the gate knows yet is in none.
 */
export function orderPages(entries: readonly SaleEntry[]): {
  readonly pages: string[];
  readonly count: number;
} {
  const lines = entries
    .toSorted((a, b) => a.reservation.place - b.reservation.place)
    .map(({ reservation, state }) => {
      const { orderId, place, leaf, step, quantity, reservedAtMs } = reservation;
      const fields = [sha256Hex(orderId), place, leaf ?? "-", step ?? "-", quantity];
      return `${[...fields, state.unitsLeft, state.kind, reservedAtMs].join(" ")}\n`;
    });
  const pages: string[] = [];
  for (let from = 0; from < lines.length; from += ORDER_PAGE_ORDERS)
    pages.push(lines.slice(from, from + ORDER_PAGE_ORDERS).join(""));
  return { pages, count: lines.length };
}
