import { salePath } from "../../../texts/locale.ts";
import { locale, texts } from "../../../texts/texts.ts";
import { inLanguage, pictureSizes, type SaleStatus } from "../api/contract.ts";
import { showChip } from "../page/chip-view.ts";
import { part, setText } from "../page/dom.ts";
import { formatPrice } from "../page/format.ts";
import { showPicture } from "../picture/show-picture.ts";
import { cardLine } from "./card-line.ts";

export const newCard = (template: HTMLTemplateElement): HTMLElement =>
  (template.content.cloneNode(true) as Element).querySelector("li")!;

/** The first card of the page alone is large, and in the window for certain. */
export function showCard(
  card: HTMLElement,
  sale: SaleStatus,
  serverMs: number | null,
  isFirst = false,
): void {
  card.dataset["state"] = sale.phase;
  const [sizes, when] = isFirst
    ? ([pictureSizes.firstCard, "first"] as const)
    : ([pictureSizes.card, "later"] as const);
  showPicture(part(card, "art"), sale, { sizes, when });
  showChip(card, texts.phases[sale.phase]);
  const link = part<HTMLAnchorElement>(card, "sale-link");
  link.href = salePath(locale, sale.saleId);
  setText(link, inLanguage(sale, locale).name);
  setText(part(card, "price"), formatPrice(sale.priceMinor, sale.currency));
  setText(part(card, "line"), cardLine(sale, serverMs));
}
