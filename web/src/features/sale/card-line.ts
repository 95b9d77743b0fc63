import { texts } from "../../../texts/texts.ts";
import type { SaleStatus } from "../api/contract.ts";
import { countdownParts } from "../clock/countdown.ts";
import { formatCount, formatMoment } from "../page/format.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const twoDigits = (value: number) => String(value).padStart(2, "0");

/** The one line of a card that says where the sale stands, in figures. */
export function cardLine(sale: SaleStatus, serverMs: number | null): string {
  switch (sale.phase) {
    case "scheduled":
      return opensLine(Date.parse(sale.startsAt), serverMs);
    case "open":
      return sale.stock
        ? texts.sale.stock(formatCount(sale.stock.available), formatCount(sale.stock.allocated))
        : texts.sale.stockUnknown;
    case "sold_out":
      return sale.stock
        ? texts.sale.allTaken(formatCount(sale.stock.allocated))
        : texts.faces.sold_out.heading;
    case "ended":
      return sale.endsAt ? texts.sale.endedAt(formatMoment(Date.parse(sale.endsAt))) : texts.faces.ended.body;
    case "paused":
    case "recovering":
      return texts.faces[sale.phase].heading;
    default:
      return sale.phase satisfies never;
  }
}

function opensLine(startsAtMs: number, serverMs: number | null): string {
  const remainingMs = serverMs === null ? Infinity : startsAtMs - serverMs;
  if (remainingMs > DAY_MS) return texts.sale.opensAt(formatMoment(startsAtMs));
  if (remainingMs <= 0) return texts.faces.opening.heading;
  const { hours, minutes, seconds } = countdownParts(remainingMs);
  return texts.sale.opensIn([hours, minutes, seconds].map(twoDigits).join(":"));
}
