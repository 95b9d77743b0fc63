import { consoleTexts as texts } from "../../../texts/console.ts";
import type { BuyerId, OrderEvent, OrderHistory } from "../api/contract.ts";
import { formatCount } from "../page/format.ts";
import { bothTimes } from "./time-texts.ts";

type Wish = NonNullable<OrderEvent["wish"]>;

/** Each step of an order's life, and last what was wished for and is not decided yet. */
export const eventLines = (
  events: OrderHistory["events"],
  undecided: OrderHistory["undecided"],
  me: BuyerId,
): HTMLLIElement[] => [
  ...events.map((event) => line(headOf(event), event.wish, event.at, me)),
  ...undecided.map((wish) => line(texts.order.notDecided, wish, wish.at, me)),
];

function headOf({ number, kind, why }: OrderEvent): string {
  const word = texts.order.events[kind];
  return `${number}. ${why === null ? word : `${word}: ${texts.order.why[why] ?? why}`}`;
}

function line(head: string, wish: Wish | null, at: string, me: BuyerId): HTMLLIElement {
  const item = document.createElement("li");
  const when = paragraph(bothTimes(at), "soft");
  item.append(paragraph(head), ...(wish ? [paragraph(wishText(wish, me))] : []), when);
  return item;
}

const wishText = ({ units, isWithheld, reason, actorId }: Wish, me: BuyerId): string =>
  texts.order.wish(
    formatCount(units),
    isWithheld ? texts.order.withheld : texts.order.onSale,
    reason,
    actorId === me ? texts.audit.you : actorId,
  );

function paragraph(text: string, className = ""): HTMLParagraphElement {
  const element = document.createElement("p");
  element.textContent = text;
  if (className) element.className = className;
  return element;
}
