import { consoleTexts as texts } from "../../../texts/console.ts";
import { localePath } from "../../../texts/locale.ts";
import { locale, texts as site } from "../../../texts/texts.ts";
import type { SaleNumbers } from "../api/contract.ts";
import { showChip } from "../page/chip-view.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatMoment } from "../page/format.ts";
import { startPoll } from "../page/poll.ts";
import { consoleApi } from "./console-api.ts";
import { refusalText } from "./refusal-text.ts";
import { openToStaff } from "./staff-gate.ts";

const POLL_MS = 2_000;
const body = part(document, "sale-rows");
const template = part<HTMLTemplateElement>(document, "sale-row");
const notice = part(document, "notice");
const rows = new Map<string, HTMLElement>();

const gate = openToStaff(({ mayChange }) => {
  setShown(part(document, "new-sale"), mayChange);
  startPoll(async () => {
    const reply = await consoleApi.sales();
    if (reply.kind === "ok") showSales(reply.value.sales);
    else if (reply.kind === "refused" && reply.problem.kind === "unauthenticated") gate.forget();
    if (reply.kind !== "ok") showNotice(refusalText(reply));
    return POLL_MS;
  });
});

function showNotice(text: string): void {
  setText(notice, text);
  setShown(notice, text !== "");
}

/** Newest first; rows are kept, so that focus and selection stay. */
function showSales(sales: readonly SaleNumbers[]): void {
  showNotice(sales.length === 0 ? texts.list.empty : "");
  const wanted = sales.toReversed().map((sale) => {
    const row = rows.get(sale.saleId) ?? (template.content.cloneNode(true) as Element).querySelector("tr")!;
    rows.set(sale.saleId, row);
    showRow(row, sale);
    return row;
  });
  if (wanted.length !== body.children.length || wanted.some((row, i) => row !== body.children[i]))
    body.replaceChildren(...wanted);
}

function showRow(row: HTMLElement, sale: SaleNumbers): void {
  const link = part<HTMLAnchorElement>(row, "sale-link");
  link.href = localePath(locale, `/admin/sale/?id=${encodeURIComponent(sale.saleId)}`);
  setText(link, sale.name);
  showChip(row, site.phases[sale.phase]);
  setText(part(row, "starts"), formatMoment(Date.parse(sale.startsAt)));
  const { stock } = sale;
  setText(part(row, "sold"), stock ? formatCount(stock.sold) : texts.unknown);
  setText(part(row, "available"), stock ? formatCount(stock.available) : texts.unknown);
  setText(part(row, "allocated"), stock ? formatCount(stock.allocated) : texts.unknown);
  setText(part(row, "rows"), formatCount(sale.orders.soldUnits));
  setText(part(row, "outbox"), sale.outbox === null ? texts.unknown : formatCount(sale.outbox));
}
