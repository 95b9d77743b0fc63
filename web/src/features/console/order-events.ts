import { consoleTexts as texts } from "../../../texts/console.ts";
import type { BuyerId, OrderEvent, OrderHistory } from "../api/contract.ts";
import { formatCount, formatPrice } from "../page/format.ts";
import { bothTimes } from "./time-texts.ts";

type Wish = NonNullable<OrderEvent["wish"]>;
type Shown = Pick<OrderHistory, "events" | "undecided" | "money">;

/** Each step of an order's life, and last what was wished for and is not decided yet. */
export function eventLines({ events, undecided, money }: Shown, me: BuyerId): HTMLLIElement[] {
  const price = (minor: number): string => (money ? formatPrice(minor, money.currency) : formatCount(minor));
  return [
    ...events.map((event) => line([headOf(event, price), wishText(event.wish, price, me)], event.at)),
    ...undecided.map((wish) => line([texts.order.notDecided, wishText(wish, price, me)], wish.at)),
  ];
}

type Price = (minor: number) => string;

function headOf(
  { number, kind, why, wish, amountMinor, coveredMinor = 0 }: OrderEvent,
  price: Price,
): string {
  const isWithdrawn = kind === "returned" && wish?.withdrawnAt !== undefined;
  const word = isWithdrawn ? texts.order.withdrawn : texts.order.events[kind];
  const covered = coveredMinor > 0 ? texts.order.money.covered(price(coveredMinor)) : null;
  const amount = amountMinor === undefined || amountMinor === 0 ? null : price(amountMinor);
  const reason = why === null ? null : (texts.order.why[why] ?? why);
  return `${number}. ${[word, [amount, covered, reason].filter(Boolean).join(", ")].filter(Boolean).join(": ")}`;
}

function line(paragraphs: readonly string[], at: string): HTMLLIElement {
  const item = document.createElement("li");
  const shown = paragraphs.filter((text) => text !== "").map((text) => paragraph(text));
  item.append(...shown, paragraph(bothTimes(at), "soft"));
  return item;
}

function wishText(wish: Wish | null, price: Price, me: BuyerId): string {
  if (!wish) return "";
  const { units, isWithheld, reason, actorId, amountMinor, how, withdrawnAt } = wish;
  if (withdrawnAt !== undefined) {
    const received = texts.order.received(bothTimes(withdrawnAt));
    return units === undefined ? received : texts.order.withdrawal(formatCount(units), received);
  }
  const who = actorId === me ? texts.audit.you : actorId;
  if (units === undefined)
    return texts.order.money.wish(how ? texts.order.money.how[how] : price(amountMinor ?? 0), reason, who);
  const where = isWithheld ? texts.order.withheld : texts.order.onSale;
  return texts.order.wish(formatCount(units), where, reason, who);
}

function paragraph(text: string, className = ""): HTMLParagraphElement {
  const element = document.createElement("p");
  element.textContent = text;
  if (className) element.className = className;
  return element;
}
