import { consoleTexts as texts } from "../../../texts/console.ts";
import type { OrderRow } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount } from "../page/format.ts";
import { consoleApi } from "./console-api.ts";
import { refusalText } from "./refusal-text.ts";
import { readCsvPages, saveFile } from "./save-file.ts";
import { utcText } from "./time-texts.ts";

const FRESH_MS = 3_000;

/**
 * The merchant's order rows: searched by id, page by page, and all that were searched for as a file.
 *
 * @returns what to call with the number of rows that there are: the first page then fills by itself, no page else moves.
 */
export function wireOrders(saleId: string): (rows: number) => void {
  const root = part(document, "orders");
  const body = part(root, "order-rows");
  const status = part(root, "orders-status");
  const [first, more] = [part(root, "orders-first"), part(root, "orders-more")];
  let search = "";
  let next: string | null = null;
  let isFirstPage = true;
  let shown = { rows: 0, atMs: 0 };

  async function load(after: string | null): Promise<void> {
    const reply = await consoleApi.orders(saleId, search, after);
    if (reply.kind !== "ok") return setText(status, refusalText(reply));
    const { orders } = reply.value;
    ({ next } = reply.value);
    body.replaceChildren(...orders.map(rowOf));
    setText(status, orders.length === 0 ? texts.orders.none : texts.orders.shown(formatCount(orders.length)));
    isFirstPage = after === null;
    setShown(first, !isFirstPage);
    setShown(more, next !== null);
  }

  part(root, "orders-form").addEventListener("submit", (event) => {
    event.preventDefault();
    search = part<HTMLInputElement>(root, "orders-search").value.trim();
    void load(null);
  });
  first.addEventListener("click", () => void load(null));
  more.addEventListener("click", () => void load(next));
  part(root, "orders-csv").addEventListener("click", () => {
    setText(status, texts.orders.collecting);
    void readCsvPages((after) => consoleApi.ordersCsvPath(saleId, search, after)).then((pages) => {
      if (pages) saveFile(`orders-${saleId}.csv`, "text/csv", pages);
      setText(status, pages ? texts.orders.saved : texts.noAnswer);
    });
  });
  void load(null);
  return (rows) => {
    const isFresh = performance.now() - shown.atMs < FRESH_MS;
    if (rows === shown.rows || isFresh || !isFirstPage || search !== "") return;
    shown = { rows, atMs: performance.now() };
    void load(null);
  };
}

function rowOf(order: OrderRow): HTMLTableRowElement {
  const row = document.createElement("tr");
  const cells = [
    [formatCount(order.place), "number"],
    [order.orderId, "id"],
    [order.buyerId, "id"],
    [formatCount(order.quantity), "number"],
    [order.reason ? `${texts.orders.rejected}: ${order.reason}` : texts.orders.confirmed, order.state],
    [utcText(Date.parse(order.reservedAt)), ""],
    [order.traceId ?? "", "id"],
  ] as const;
  for (const [text, kind] of cells) {
    const cell = row.insertCell();
    cell.textContent = text;
    if (kind) cell.className = kind;
  }
  return row;
}
