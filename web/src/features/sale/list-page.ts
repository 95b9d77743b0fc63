import { placeTexts } from "../../../texts/places.ts";
import { api } from "../api/api.ts";
import { inListOrder, type SaleStatus } from "../api/contract.ts";
import { createServerClock } from "../clock/server-clock.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { startPoll } from "../page/poll.ts";
import { backoffMs, drawnOutMs } from "../page/waits.ts";
import { cardLine } from "./card-line.ts";
import { startPastList } from "./past-list.ts";
import { newCard, showCard } from "./sale-card.ts";

const section = part(document, "sale-list");
const list = part(section, "sales");
const notice = part(document, "notice");
const past = part(document, "past-list");
const template = part<HTMLTemplateElement>(document, "card");
const clock = createServerClock();
const cards = new Map<string, HTMLElement>();
let sales: readonly SaleStatus[] = [];
let failures = 0;

const LONGEST_POLL_MS = 15_000;

startPoll(async () => {
  const reply = await api.sales();
  // Not before: it would move as soon as the sales above it are there.
  setShown(past, true);
  if (reply.kind !== "ok") {
    failures += 1;
    setText(notice, placeTexts.list.unreachable);
    setShown(notice, true);
    section.dataset["state"] = "unreachable";
    return backoffMs(failures);
  }
  failures = 0;
  clock.hear({ ...reply, serverMs: Date.parse(reply.value.serverTime) });
  sales = inListOrder(reply.value.sales);
  setText(notice, placeTexts.list.empty);
  setShown(notice, sales.length === 0);
  section.dataset["state"] = sales.length === 0 ? "empty" : "ready";
  showCards();
  return drawnOutMs(Math.min(LONGEST_POLL_MS, ...sales.map((sale) => sale.pollAfterMs)));
});

/** Cards are kept and moved, not redrawn, so that the one in focus stays in focus. */
function showCards(): void {
  const shownCards = sales.map((sale, index) => {
    const card = cards.get(sale.saleId) ?? newCard(template);
    cards.set(sale.saleId, card);
    showCard(card, sale, clock.nowMs(), index === 0);
    return card;
  });
  const isSame =
    shownCards.length === list.children.length && shownCards.every((card, i) => list.children[i] === card);
  if (!isSame) list.replaceChildren(...shownCards);
}

setInterval(() => {
  for (const sale of sales) {
    const card = cards.get(sale.saleId);
    if (card && sale.phase === "scheduled") setText(part(card, "line"), cardLine(sale, clock.nowMs()));
  }
}, 1000);

startPastList(past, template, clock);
