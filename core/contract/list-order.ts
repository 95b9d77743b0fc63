import type { Phase, SaleStatus } from "./sale.ts";

/** What can be bought comes first, then what soon can; what is over comes last. */
const ranks: Record<Phase, number> = {
  open: 0,
  recovering: 1,
  paused: 1,
  scheduled: 2,
  sold_out: 3,
  ended: 4,
};

/** As a list shows sales, with script and without. */
export function inListOrder(sales: readonly SaleStatus[]): readonly SaleStatus[] {
  return sales.toSorted((a, b) => {
    const byRank = ranks[a.phase] - ranks[b.phase];
    if (byRank !== 0) return byRank;
    const byStart = Date.parse(a.startsAt) - Date.parse(b.startsAt);
    return a.phase === "scheduled" ? byStart : -byStart;
  });
}
