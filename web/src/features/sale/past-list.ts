import { placeTexts } from "../../../texts/places.ts";
import { api } from "../api/api.ts";
import type { PastSalePage, SaleId, SaleStatus } from "../api/contract.ts";
import type { Reply } from "../api/request.ts";
import type { ServerClock } from "../clock/server-clock.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { newCard, showCard } from "./sale-card.ts";

/** Past sales come by page, when they are asked for; nobody waits for them. */
export function startPastList(root: HTMLElement, template: HTMLTemplateElement, clock: ServerClock): void {
  const list = part(root, "past-sales");
  const notice = part(root, "past-notice");
  const more = part<HTMLButtonElement>(root, "past-more");
  let before: SaleId | "newest" | null = "newest";

  function tell(words: string): void {
    setText(notice, words);
    setShown(notice, words !== "");
  }

  function append(sales: readonly SaleStatus[]): void {
    const cards = sales.map((sale) => {
      const card = newCard(template);
      showCard(card, sale, clock.nowMs());
      return card;
    });
    list.append(...cards);
    // Who asked by keyboard goes on with what came, also where the button goes away.
    cards[0]?.querySelector("a")?.focus();
  }

  /** A page may be empty while others follow. */
  async function loadPage(): Promise<void> {
    while (before !== null) {
      const reply: Reply<PastSalePage> = await api.pastSales(before);
      if (reply.kind !== "ok") return tell(placeTexts.list.pastUnreachable);
      before = reply.value.next;
      append(reply.value.sales);
      if (reply.value.sales.length > 0) break;
    }
    tell(list.children.length === 0 ? placeTexts.list.noPast : "");
    setShown(more, before !== null);
  }

  more.addEventListener("click", () => {
    more.disabled = true;
    void loadPage().finally(() => (more.disabled = false));
  });
}
