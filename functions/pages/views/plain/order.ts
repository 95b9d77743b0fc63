import { isToBePaid, isUnderWay, unitsTakenBack } from "../../../../core/contract/order-state.ts";
import { nameIn } from "../../../../core/contract/translations.ts";
import { plainPath } from "../../../../web/texts/locale.ts";
import type { OwnOrder } from "../../../../core/contract/order.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { formatCount, formatMoment, formatPrice } from "../format.ts";
import { html, type Html } from "../html.ts";
import { frame } from "./frame.ts";
import { withdrawalPart } from "./withdrawal.ts";
import { actionOf, chip, facts, hidden, linkButton, signedIn, unitsText } from "./parts.ts";

export type PlainOrder = {
  readonly order: OwnOrder;
  /** The buyer asked for more than they may have, and this is what they have. */
  readonly isOld: boolean;
  /** When the page is made. */
  readonly nowMs: number;
  readonly signedInAs?: string | undefined;
};

/** How soon the page asks again while the order is on its way into the merchant's records, or may have been paid. */
const REFRESH_SECONDS = 3;
/** So long before its end a hold's buyer is warned. */
const SOON_MS = 60_000;

/** The buyer's own order, for as long as they keep its address. */
export function orderPage(words: PlainWords, { order, isOld, nowMs, signedInAs }: PlainOrder): string {
  const { sale } = order;
  const { locale, pages, faces, plain, partly, rejections } = words;
  const leftMs = leftToPayMs(order, nowMs);
  const isDue = leftMs !== null && leftMs <= 0;
  const face = isDue ? { ...faces.pending, ...words.payment.due } : faces[order.state];
  const willChange = isUnderWay(order) || isDue || order.withdrawalsReceivedAt !== undefined;
  const path = `/order/${order.orderId}`;
  const total = sale && formatPrice(locale, sale.priceMinor * order.unitsLeft, sale.currency);
  const reason = order.reason === undefined ? null : (rejections[order.reason] ?? order.reason);
  const takenBack = unitsTakenBack(order);
  const body = html`<article class="plain" data-state="${order.state}">
    ${chip(face)}
    <h1>${face.heading}</h1>
    ${isOld && order.unitsLeft > 0 && html`<p class="notice">${plain.alreadyBought}</p>`}
    <p>${face.body} ${reason}</p>
    ${takenBack > 0 && html`<p class="notice">${partly.takenBack(formatCount(locale, takenBack))}</p>`}
    ${willChange && html`<p>${plain.orderRefreshes} <a href="${plainPath(locale, path)}">${plain.lookAgain}</a></p>`}
    ${leftMs !== null && leftMs > 0 && leftMs <= SOON_MS && html`<p class="notice" data-tone="wait" role="status">${words.payment.soon}</p>`}
    ${isToBePaid(order) && !isDue && paymentForms(words, order)}
    ${sale && html`<p class="receipt-sale"><span>${nameIn(sale, locale)}</span> <span>${total}</span></p>`}
    ${facts(
      [
        [pages.sale.place, `#${formatCount(locale, order.place)}`],
        [pages.sale.units, unitsText(words, order)],
        [pages.sale.reserved, formatMoment(locale, order.reservedAt)],
        [
          words.payment.heldUntil,
          order.expiresAt === undefined ? null : formatMoment(locale, order.expiresAt),
        ],
        [pages.sale.orderId, order.orderId],
      ],
      "order-facts",
    )}
    ${withdrawalPart(words, order)}
    ${order.state !== "pending" && linkButton(`/api/sale/order/${order.orderId}/receipt`, pages.order.receipt)}
    ${linkButton(plainPath(locale, `/sale/${order.saleId}`), plain.toSale)}
    ${signedIn(words, plainPath(locale, path), signedInAs)}
  </article>`;
  const title = pages.order.title;
  const refreshSeconds = willChange ? REFRESH_SECONDS : leftMs === null ? null : untilNextWord(leftMs);
  return frame(words, { title, body, path, ...(refreshSeconds !== null && { refreshSeconds }) });
}

/** Null: there is nothing to be paid. */
const leftToPayMs = (order: OwnOrder, nowMs: number): number | null =>
  isToBePaid(order) && order.expiresAt !== undefined ? Date.parse(order.expiresAt) - nowMs : null;

/** The page says something else a minute before the end, and at the end; in between it is left alone. */
const untilNextWord = (leftMs: number): number =>
  Math.ceil((leftMs > SOON_MS ? leftMs - SOON_MS : leftMs) / 1_000) + 1;

/** To pay, and to give it up; each is a form, so that no link does either by being followed. */
function paymentForms(words: PlainWords, { orderId }: OwnOrder): Html {
  const { payment, locale, plain } = words;
  return html`<form class="buy-form" method="post" action="${actionOf(words, "payment")}">
      ${hidden({ orderId })}
      <button class="button big" type="submit">${payment.pay}</button>
    </form>
    <details>
      <summary>${payment.cancel}</summary>
      <p>${payment.askCancel}</p>
      <form method="post" action="${actionOf(words, "cancel")}">
        ${hidden({ orderId })}
        <button class="button quiet" type="submit">${payment.cancelNow}</button>
      </form>
    </details>
    <p><a href="${plainPath(locale, `/order/${orderId}`)}">${plain.lookAgain}</a></p>`;
}
