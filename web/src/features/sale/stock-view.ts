import { texts } from "../../../texts/texts.ts";
import type { SaleStatus } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatTime } from "../page/format.ts";

/** Stock with the moment it was true at; counters that cannot be trusted are unknown, never zero. */
export function showStock(box: HTMLElement, sale: SaleStatus | null, isStale: boolean): void {
  setShown(box, sale !== null);
  if (!sale) return;
  const { stock } = sale;
  const share = stock && stock.allocated > 0 ? stock.available / stock.allocated : 0;
  part(box, "stock-bar").setAttribute("width", `${(share * 100).toFixed(2)}%`);
  const left = stock
    ? texts.sale.stock(formatCount(stock.available), formatCount(stock.allocated))
    : texts.sale.stockUnknown;
  setText(part(box, "stock-left"), left);
  const time = formatTime(Date.parse(sale.serverTime));
  setText(part(box, "stock-as-of"), isStale ? texts.sale.stale(time) : texts.sale.asOf(time));
}
