import { consoleTexts as texts } from "../../../texts/console.ts";
import type { BuyerId, FoundOrder, OrderFilter } from "../api/contract.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatPrice } from "../page/format.ts";
import { consoleApi } from "./console-api.ts";
import { wireOrderDialog } from "./order-dialog.ts";
import { stateText, unitsText } from "./order-texts.ts";
import { refusalText } from "./refusal-text.ts";
import { readCsvPages, saveFile } from "./save-file.ts";
import { utcText } from "./time-texts.ts";

const FRESH_MS = 3_000;

type Setting = {
  readonly saleId: string;
  readonly me: BuyerId;
  readonly mayChange: boolean;
  readonly isAdmin: boolean;
  readonly onChanged: () => void;
};

/**
 * The merchant's order rows: searched by id and state, page by page, and all that were searched for as a file; each opens
 * what became of it.
 *
 * @returns what to call with the numbers of the rows: where they changed, the first page fills by itself, no page else moves.
 */
export function wireOrders({ saleId, onChanged, ...operator }: Setting): (numbers: string) => void {
  const root = part(document, "orders");
  const body = part(root, "order-rows");
  const status = part(root, "orders-status");
  const [first, more] = [part(root, "orders-first"), part(root, "orders-more")];
  let search = "";
  let state: OrderFilter | "" = "";
  let shownAfter: string | null = null;
  let next: string | null = null;
  let shown = { numbers: "", atMs: 0 };

  const openOrder = wireOrderDialog({
    saleId,
    ...operator,
    onClosed: () => {
      onChanged();
      void load(shownAfter);
    },
  });

  async function load(after: string | null): Promise<void> {
    const reply = await consoleApi.orders(saleId, { search, state, after });
    if (reply.kind !== "ok") return setText(status, refusalText(reply));
    const { orders } = reply.value;
    ({ next } = reply.value);
    const focused = (document.activeElement as HTMLElement | null)?.dataset["order"];
    body.replaceChildren(...orders.map((order) => rowOf(order, openOrder)));
    if (focused !== undefined) body.querySelector<HTMLElement>(`[data-order="${focused}"]`)?.focus();
    const { none, shown: byPlace, shownHeld } = texts.orders;
    const found = (state === "held" ? shownHeld : byPlace)(formatCount(orders.length));
    setText(status, orders.length === 0 ? none : found);
    shownAfter = after;
    setShown(first, after !== null);
    setShown(more, next !== null);
  }

  part(root, "orders-form").addEventListener("submit", (event) => {
    event.preventDefault();
    search = part<HTMLInputElement>(root, "orders-search").value.trim();
    state = part<HTMLSelectElement>(root, "orders-state").value as typeof state;
    void load(null);
  });
  first.addEventListener("click", () => void load(null));
  more.addEventListener("click", () => void load(next));
  part(root, "orders-csv").addEventListener("click", () => {
    setText(status, texts.orders.collecting);
    void readCsvPages((after) => consoleApi.ordersCsvPath(saleId, { search, state, after })).then((pages) => {
      if (pages) saveFile(`orders-${saleId}.csv`, "text/csv", pages);
      setText(status, pages ? texts.orders.saved : texts.noAnswer);
    });
  });
  void load(null);
  return (numbers) => {
    const isFresh = performance.now() - shown.atMs < FRESH_MS;
    const isSearched = search !== "" || state !== "" || shownAfter !== null;
    if (numbers === shown.numbers || isFresh || isSearched || document.querySelector("dialog[open]")) return;
    shown = { numbers, atMs: performance.now() };
    void load(null);
  };
}

function rowOf(order: FoundOrder, onOpen: (order: FoundOrder) => void): HTMLTableRowElement {
  const row = document.createElement("tr");
  const cells = [
    [formatCount(order.place), "number"],
    ["", "id"],
    [order.buyerEmail ?? order.buyerId, order.buyerEmail === null ? "id" : ""],
    [unitsText(order), "number"],
    [formatPrice(order.totalMinor, order.currency), "number"],
    [stateText(order), order.state],
    [utcText(Date.parse(order.reservedAt)), ""],
    [order.traceId ?? "", "id"],
  ] as const;
  for (const [text, kind] of cells) {
    const cell = row.insertCell();
    cell.textContent = text;
    if (kind) cell.className = kind;
  }
  const open = document.createElement("button");
  open.type = "button";
  open.className = "link-button";
  open.textContent = order.orderId;
  open.dataset["order"] = order.orderId;
  open.addEventListener("click", () => onOpen(order));
  row.cells[1]?.append(open);
  return row;
}
