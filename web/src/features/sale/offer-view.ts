import { texts } from "../../../texts/texts.ts";
import { part, setShown, setText } from "../page/dom.ts";
import { formatCount, formatPrice } from "../page/format.ts";
import type { FaceKind } from "./face-kind.ts";
import { type Knowledge, controlsOf, unitsHeld, unitsLeft } from "./sale-face.ts";
import { holdingOf } from "./sale-words.ts";

/** Most choices offered in the quantity list. */
const LONGEST_QUANTITY_LIST = 10;

export type Offer = { show: (face: FaceKind, known: Knowledge, isLookedUp: boolean) => void };

/**
 * The form that buys. A first purchase is one click; more takes two, since Buy would otherwise appear where an impatient
 * second click of the first purchase still lands.
 */
export function wireOffer(root: HTMLElement, onBuy: (quantity: number) => void): Offer {
  const list = part<HTMLSelectElement>(root, "quantity");
  const more = part(root, "more-offer");
  let shown: Knowledge["sale"] = "unknown";
  let isMoreWanted = false;

  function showPrice(): void {
    if (typeof shown !== "object") return;
    const { priceMinor, currency } = shown;
    setText(part(root, "buy"), texts.sale.buy(formatPrice(priceMinor * (Number(list.value) || 1), currency)));
  }

  list.addEventListener("change", showPrice);
  more.addEventListener("click", () => {
    isMoreWanted = true;
    setShown(more, false);
    setShown(part(root, "buy-form"), true);
    (list.length > 1 ? list : part(root, "buy")).focus();
  });
  part(root, "buy-form").addEventListener("submit", (event) => {
    event.preventDefault();
    isMoreWanted = false;
    onBuy(Number(list.value));
  });

  return {
    show: (face, known, isLookedUp) => {
      const controls = controlsOf(face, known, isLookedUp);
      shown = known.sale;
      isMoreWanted &&= controls.more;
      offerQuantities(list, Math.min(unitsLeft(known), LONGEST_QUANTITY_LIST));
      setShown(part(root, "quantity-label"), list.length > 1);
      setShown(part(root, "buy-form"), controls.buy || isMoreWanted);
      setShown(more, controls.more && !isMoreWanted);
      setText(more, unitsHeld(known) > 0 ? texts.sale.buyMore : texts.sale.buyAgain);
      const holding = holdingOf(known);
      setText(part(root, "holding"), holding);
      setShown(part(root, "holding"), holding !== "");
      showPrice();
    },
  };
}

function offerQuantities(list: HTMLSelectElement, length: number): void {
  if (list.length === length) return;
  list.replaceChildren(
    ...Array.from({ length }, (_, index) => new Option(formatCount(index + 1), String(index + 1))),
  );
}
