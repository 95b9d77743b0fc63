import { isToBePaid, isUnderWay, unitsTakenBack } from "../../../../core/contract/order-state.ts";
import { nameIn } from "../../../../core/contract/translations.ts";
import { plainPath } from "../../../../web/texts/locale.ts";
import type { OwnOrder } from "../../../../core/contract/order.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { formatCount, formatMoment, formatPrice } from "../format.ts";
import { html, type Html } from "../html.ts";
import { frame } from "./frame.ts";
import { actionOf, chip, facts, hidden, linkButton, signedIn, unitsText } from "./parts.ts";

export type PlainOrder = {
  readonly order: OwnOrder;
  /** The buyer asked for more than they may have, and this is what they have. */
  readonly isOld: boolean;
  readonly signedInAs?: string | undefined;
};

/** How soon the page asks again while the order is on its way into the merchant's records. */
const REFRESH_SECONDS = 3;

/** The buyer's own order, for as long as they keep its address. */
export function orderPage(words: PlainWords, { order, isOld, signedInAs }: PlainOrder): string {
  const { sale } = order;
  const { locale, pages, faces, plain, partly, rejections } = words;
  const face = faces[order.state];
  const willChange = isUnderWay(order);
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
    ${isToBePaid(order) && paymentForms(words, order)}
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
    ${order.state !== "pending" && linkButton(`/api/sale/order/${order.orderId}/receipt`, pages.order.receipt)}
    ${linkButton(plainPath(locale, `/sale/${order.saleId}`), plain.toSale)}
    ${signedIn(words, plainPath(locale, path), signedInAs)}
  </article>`;
  const title = pages.order.title;
  return frame(words, { title, body, path, ...(willChange && { refreshSeconds: REFRESH_SECONDS }) });
}

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
