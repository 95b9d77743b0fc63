import { consoleTexts as texts } from "../../../texts/console.ts";
import type { SaleWatch } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatPrice, formatTenths } from "../page/format.ts";
import { countOf, rateNames } from "./rates.ts";
import { said } from "./said.ts";
import { showSaleChip } from "./sale-chip.ts";
import { agoText, bothTimes } from "./time-texts.ts";

/** A guardian writes every two seconds; it is missed after ten. */
const GUARDIAN_LATE_MS = 10_000;

type Tone = "good" | "wait" | "bad" | "quiet";

function tile(name: string, value: string, note: string, tone: Tone = "quiet"): void {
  const element = part(document, `tile-${name}`);
  element.dataset["tone"] = tone;
  setText(part(element, "value"), value);
  setText(part(element, "note"), note);
}

const known = (value: number | null | undefined): string =>
  value === null || value === undefined ? texts.unknown : formatCount(value);

/** Writes one look at a sale: every number says which store it is from. */
export function showLive(sale: SaleWatch): void {
  const nowMs = Date.parse(sale.serverTime);
  document.title = `${sale.name} · ${texts.title}`;
  setText(part(document, "sale-name"), sale.name);
  showSaleChip(part(document, "sale-head"), sale);
  part(document, "live").dataset["visibility"] = sale.visibility;
  showStock(sale);
  showRevenue(sale);
  showPipeline(sale);
  showGuardian(sale, nowMs);
  for (const name of rateNames)
    setText(part(document, `total-${name}`), texts.live.inAll(known(countOf(sale, name))));
  showSettings(sale);
  setText(part(document, "as-of"), texts.live.asOf(bothTimes(sale.serverTime)));
}

function showStock({ stock }: SaleWatch): void {
  const share = stock ? (stock.allocated - stock.available) / Math.max(1, stock.allocated) : 0;
  tile("sold", known(stock?.sold), stock ? texts.live.ofAllocated(formatCount(stock.allocated)) : "");
  tile("held", known(stock?.held), texts.live.held);
  tile("withheld", known(stock?.withheld), texts.live.withheld);
  tile("available", known(stock?.available), stock ? texts.live.available : texts.live.noGate);
  part<SVGRectElement>(document, "stock-bar").setAttribute("width", String(Math.round(share * 1000) / 10));
}

/** Not for every role. */
function showRevenue({ revenue }: SaleWatch): void {
  setShown(part(document, "tile-revenue"), revenue !== null);
  setShown(part(document, "revenue"), revenue !== null);
  if (!revenue) return;
  const { currency, soldUnits, soldMinor, returnedUnits, returnedMinor, netMinor } = revenue;
  const net = formatPrice(netMinor, currency);
  tile("revenue", net, texts.revenue.note(formatCount(soldUnits), formatCount(returnedUnits)));
  const row = (units: number, minor: number) =>
    texts.revenue.row(formatCount(units), formatPrice(minor, currency));
  setText(part(document, "revenue-sold"), row(soldUnits, soldMinor));
  setText(part(document, "revenue-returned"), row(returnedUnits, returnedMinor));
  setText(part(document, "revenue-net"), row(soldUnits - returnedUnits, netMinor));
}

function showPipeline({ stock, orders, outbox, queue }: SaleWatch): void {
  const accepted = stock ? stock.sold + stock.held : null;
  // What is held has no row to be written before it is paid for.
  const behind = stock ? Math.max(0, stock.sold - orders.soldUnits) : null;
  tile("accepted", known(accepted), texts.live.accepted);
  tile("rows", formatCount(orders.soldUnits), ...writtenNote(behind));
  tile("rejected", formatCount(orders.rejected), texts.live.rejected, orders.rejected > 0 ? "bad" : "good");
  tile("returned", formatCount(orders.returned), texts.live.returned);
  tile("outbox", known(outbox), texts.live.outbox, outbox === 0 ? "good" : "wait");
  const waiting = queue && queue.waiting + queue.inFlight;
  tile("queue", known(waiting), queue ? texts.live.queue(formatCount(queue.inFlight)) : texts.live.noQueue);
  const isDead = (queue?.deadLetters ?? 0) > 0;
  tile("dead", known(queue?.deadLetters), texts.live.dead, isDead ? "bad" : queue ? "good" : "wait");
}

function writtenNote(behind: number | null): [note: string, tone: Tone] {
  if (behind === null) return [texts.live.written, "quiet"];
  return behind === 0 ? [texts.live.allWritten, "good"] : [texts.live.behind(formatCount(behind)), "wait"];
}

function showGuardian({ guardianSeenAt, lastComparison, recoveries }: SaleWatch, nowMs: number): void {
  const seenMs = guardianSeenAt === null ? null : Date.parse(guardianSeenAt);
  const isLate = seenMs === null || nowMs - seenMs > GUARDIAN_LATE_MS;
  tile(
    "guardian",
    seenMs === null ? texts.live.never : agoText(seenMs, nowMs),
    isLate ? texts.live.guardianLate : texts.live.guardianWell,
    isLate ? "bad" : "good",
  );
  if (lastComparison) {
    const { driftUnits, at } = lastComparison;
    const note = texts.live.compared(agoText(Date.parse(at), nowMs));
    tile("drift", formatCount(driftUnits), note, driftUnits === 0 ? "good" : "bad");
  } else tile("drift", texts.unknown, texts.live.notCompared);

  setShown(part(document, "no-recoveries"), recoveries.length === 0);
  const list = part(document, "recoveries");
  if (list.dataset["newest"] === recoveries[0]?.startedAt) return;
  list.dataset["newest"] = recoveries[0]?.startedAt ?? "";
  list.replaceChildren(
    ...recoveries.map((recovery) => {
      const item = document.createElement("li");
      const took = (Date.parse(recovery.finishedAt) - Date.parse(recovery.startedAt)) / 1000;
      item.textContent = texts.live.recovery({
        when: bothTimes(recovery.startedAt),
        why: said(recovery.why),
        took: formatTenths(took),
        buyers: formatCount(recovery.buyers),
        soldUnits: formatCount(recovery.soldUnits),
        republished: formatCount(recovery.republished),
        epoch: String(recovery.epoch),
      });
      return item;
    }),
  );
}

function showSettings(sale: SaleWatch): void {
  setText(part(document, "set-starts"), bothTimes(sale.startsAt));
  setText(part(document, "set-ends"), sale.endsAt === null ? texts.live.noEnd : bothTimes(sale.endsAt));
  setText(part(document, "set-price"), formatPrice(sale.priceMinor, sale.currency));
  setText(part(document, "set-allocated"), known(sale.stock?.allocated));
  setText(part(document, "set-limit"), formatCount(sale.purchaseLimit));
  setText(part(document, "set-attempts"), texts.live.attemptLimit(formatCount(sale.attemptLimit)));
  setText(part(document, "set-epoch"), texts.live.epoch(String(sale.epoch), String(sale.revision)));
  setText(part(document, "set-id"), sale.saleId);
}
