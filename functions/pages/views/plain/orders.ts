import { unitsTakenBack } from "../../../../core/contract/order-state.ts";
import type { BuyerOrder, BuyerOrderPage } from "../../../../core/contract/order.ts";
import { nameIn } from "../../../../core/contract/translations.ts";
import { plainPath } from "../../../../web/texts/locale.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { formatCount, formatMoment, formatPrice } from "../format.ts";
import { html, type Html } from "../html.ts";
import { frame } from "./frame.ts";
import { chip, facts, linkButton, signedIn, unitsText } from "./parts.ts";

export type PlainOrders = BuyerOrderPage & {
  /** Of the pages; on it, no orders and no way on means none at all. */
  readonly isFirst: boolean;
  readonly signedInAs: string | undefined;
};

/** The buyer's orders in all sales, page by page, newest first; each leads to its own page. */
export function ordersPage(words: PlainWords, { orders, next, isFirst, signedInAs }: PlainOrders): string {
  const { locale, pages, plain } = words;
  const path = plainPath(locale, "/orders");
  const none = isFirst && next === null ? plain.noOrders : plain.noOrdersHere;
  const body = html`<section class="plain">
    <h1>${pages.orders.title}</h1>
    ${
      orders.length === 0
        ? html`<p class="notice">${none}</p>`
        : html`<ul class="plain-list">
            ${orders.map((order) => item(words, order))}
          </ul>`
    }
    ${next !== null && linkButton(`${path}?after=${next}`, plain.olderOrders)}
    ${linkButton(plainPath(locale), plain.toList)} ${signedIn(words, path, signedInAs)}
  </section>`;
  return frame(words, { title: pages.orders.title, body, path: "/orders" });
}

function item(words: PlainWords, order: BuyerOrder): Html {
  const { locale, faces, pages, partly } = words;
  const { priceMinor, currency } = order.sale;
  const takenBack = unitsTakenBack(order);
  return html`<li>
    ${chip(faces[order.state])}
    <h2><a href="${plainPath(locale, `/order/${order.orderId}`)}">${nameIn(order.sale, locale)}</a></h2>
    <p>${formatMoment(locale, order.reservedAt)}</p>
    ${
      order.withdrawal?.kind === "open" &&
      html`<p>
        <a href="${plainPath(locale, `/order/${order.orderId}/withdraw`)}">${words.withdrawal.begin}</a>
      </p>`
    }
    ${takenBack > 0 && html`<p>${partly.takenBack(formatCount(locale, takenBack))}</p>`}
    ${facts([
      [pages.orders.place, `#${formatCount(locale, order.place)}`],
      [pages.orders.units, unitsText(words, order)],
      [pages.orders.price, formatPrice(locale, priceMinor * order.unitsLeft, currency)],
    ])}
  </li>`;
}
