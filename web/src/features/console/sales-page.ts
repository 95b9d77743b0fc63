import { consoleTexts as texts } from "../../../texts/console.ts";
import { localePath } from "../../../texts/locale.ts";
import { locale } from "../../../texts/texts.ts";
import type { AdminSaleList, SaleNumbers } from "../api/contract.ts";
import { announce, part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatMoment } from "../page/format.ts";
import { startPoll } from "../page/poll.ts";
import { consoleApi, type SaleSearch } from "./console-api.ts";
import { refusalText } from "./refusal-text.ts";
import { showSaleChip } from "./sale-chip.ts";
import { warnOfEndingKeys } from "./ending-keys.ts";
import { openToStaff } from "./staff-gate.ts";

const POLL_MS = 2_000;
const body = part(document, "sale-rows");
const template = part<HTMLTemplateElement>(document, "sale-row");
const notice = part(document, "notice");
const form = part<HTMLFormElement>(document, "sales-form");
const [first, more] = [part(document, "sales-first"), part(document, "sales-more")];
const rows = new Map<string, HTMLElement>();
/** What is searched for is in the address, so that it can be kept, sent, and come back to. */
let search = searchIn(new URLSearchParams(location.search));
let next: string | null = null;
let isAsked = false;

function searchIn(query: URLSearchParams): SaleSearch {
  const of = (name: string) => query.get(name) ?? "";
  return {
    search: of("search"),
    phase: of("phase") as SaleSearch["phase"],
    visibility: (query.get("visibility") ?? "not_retired") as SaleSearch["visibility"],
    after: query.get("after"),
  };
}

const gate = openToStaff(({ mayChange, role }) => {
  if (role === "admin") void warnOfEndingKeys();
  setShown(part(document, "new-sale"), mayChange);
  showForm();
  const poll = startPoll(async () => {
    const asked = search;
    const reply = await consoleApi.sales(asked);
    // What was searched for meanwhile is another list.
    if (asked !== search) return 0;
    if (reply.kind === "ok") showList(reply.value);
    else if (reply.kind === "refused" && reply.problem.kind === "unauthenticated") gate.forget();
    if (reply.kind !== "ok") showNotice(refusalText(reply));
    return POLL_MS;
  });

  function go(to: SaleSearch): void {
    search = to;
    isAsked = true;
    const query = new URLSearchParams(
      Object.entries(to).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
    );
    history.replaceState(null, "", `?${query.toString()}`);
    poll.askNow();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    go(searchIn(query));
  });
  first.addEventListener("click", () => go({ ...search, after: null }));
  more.addEventListener("click", () => go({ ...search, after: next }));
});

function showForm(): void {
  for (const name of ["search", "phase", "visibility"] as const) {
    const control = form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement;
    control.value = search[name];
  }
}

function showNotice(text: string): void {
  setText(notice, text);
  setShown(notice, text !== "");
}

function showList(list: AdminSaleList): void {
  const isSearched = search.search !== "" || search.phase !== "" || search.visibility !== "not_retired";
  const nothing = isSearched || search.after !== null ? texts.list.search.none : texts.list.empty;
  showNotice(list.sales.length === 0 ? nothing : "");
  showRows(list.sales);
  const shown = texts.list.search.shown(formatCount(list.sales.length), formatCount(list.found));
  setText(part(document, "sales-status"), shown);
  ({ next } = list);
  const focused = document.activeElement;
  setShown(first, search.after !== null);
  setShown(more, next !== null);
  // A button that goes while it has the focus hands it on.
  if (focused === more && next === null) first.focus();
  if (focused === first && search.after === null) (next === null ? form : more).focus();
  if (isAsked) announce(list.sales.length === 0 ? nothing : shown);
  isAsked = false;
}

/** Newest first; rows are kept, so that focus and selection stay. */
function showRows(sales: readonly SaleNumbers[]): void {
  const shownRows = sales.map((sale) => {
    const row = rows.get(sale.saleId) ?? (template.content.cloneNode(true) as Element).querySelector("tr")!;
    rows.set(sale.saleId, row);
    showRow(row, sale);
    return row;
  });
  if (shownRows.length !== body.children.length || shownRows.some((row, i) => row !== body.children[i]))
    body.replaceChildren(...shownRows);
}

function showRow(row: HTMLElement, sale: SaleNumbers): void {
  const link = part<HTMLAnchorElement>(row, "sale-link");
  link.href = localePath(locale, `/admin/sale/?id=${encodeURIComponent(sale.saleId)}`);
  setText(link, sale.name);
  showSaleChip(row, sale);
  setText(part(row, "visibility"), texts.visibility[sale.visibility]);
  setText(part(row, "starts"), formatMoment(Date.parse(sale.startsAt)));
  const { stock } = sale;
  setText(part(row, "sold"), stock ? formatCount(stock.sold) : texts.unknown);
  setText(part(row, "available"), stock ? formatCount(stock.available) : texts.unknown);
  setText(part(row, "allocated"), stock ? formatCount(stock.allocated) : texts.unknown);
  setText(part(row, "rows"), formatCount(sale.orders.soldUnits));
  setText(part(row, "outbox"), sale.outbox === null ? texts.unknown : formatCount(sale.outbox));
}
