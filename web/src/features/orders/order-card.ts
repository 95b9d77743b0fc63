import { localePath } from "../../../texts/locale.ts";
import { type BuyerOrder, nameIn, pictureSizes } from "../api/contract.ts";
import { noteOf, unitsText } from "../order/order-words.ts";
import { locale, texts } from "../../../texts/texts.ts";
import { withdrawalTexts } from "../../../texts/withdrawal.ts";
import { showChip } from "../page/chip-view.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatMoment, formatPrice } from "../page/format.ts";
import { showPicture } from "../picture/show-picture.ts";

/** Writes one order of the list; its name leads to the receipt. */
export function showOrderCard(card: HTMLElement, order: BuyerOrder): void {
  const { priceMinor, currency } = order.sale;
  card.dataset["state"] = order.state;
  showPicture(
    part(card, "art"),
    { saleId: order.saleId, picture: order.sale.picture },
    { sizes: pictureSizes.order, when: "later" },
  );
  showChip(card, texts.faces[order.state]);
  const link = part<HTMLAnchorElement>(card, "order-link");
  link.href = localePath(locale, `/order/?id=${encodeURIComponent(order.orderId)}`);
  setText(link, nameIn(order.sale, locale));
  setShown(part(card, "withdraw-row"), order.withdrawal?.kind === "open");
  const withdraw = part<HTMLAnchorElement>(card, "withdraw-link");
  withdraw.href = `${link.href}#withdraw`;
  setText(withdraw, withdrawalTexts.begin);
  const note = noteOf(order);
  setShown(part(card, "reason"), note !== "");
  setText(part(card, "reason"), note);
  setText(part(card, "when"), formatMoment(Date.parse(order.reservedAt)));
  setText(part(card, "place"), `#${formatCount(order.place)}`);
  setText(part(card, "units"), unitsText(order));
  setText(part(card, "price"), formatPrice(priceMinor * order.unitsLeft, currency));
}
