import type { OwnOrder } from "../../../../core/contract/order.ts";
import { nameIn } from "../../../../core/contract/translations.ts";
import { plainPath } from "../../../../web/texts/locale.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { formatCount, formatMoment, formatPrice } from "../format.ts";
import { html, type Html } from "../html.ts";
import { frame } from "./frame.ts";
import { actionOf, facts, hidden, linkButton, signedIn, unitsText } from "./parts.ts";

const pathOf = ({ orderId }: OwnOrder) => `/order/${orderId}/withdraw`;

const notice = (text: string): Html => html`<p class="notice">${text}</p>`;

/** What an order's page says of withdrawing, and of the money that goes back; the first of the law's two steps. */
export function withdrawalPart(words: PlainWords, order: OwnOrder): Html {
  const { locale, withdrawal: texts } = words;
  const { withdrawal, refund } = order;
  const moment = (at: string) => formatMoment(locale, at);
  const money = (minor: number) => formatPrice(locale, minor, refund?.currency ?? "");
  return html`${(order.withdrawalsReceivedAt ?? []).map((at) => notice(texts.received(moment(at))))}
  ${refund && refund.dueMinor > 0 && notice(texts.due(money(refund.dueMinor)))}
  ${refund && refund.refundedMinor > 0 && notice(texts.refunded(money(refund.refundedMinor)))}
  ${
    withdrawal?.kind === "open" &&
    html`<p>${texts.until(moment(withdrawal.until))}</p>
      ${linkButton(plainPath(locale, pathOf(order)), texts.begin)}`
  }
  ${withdrawal?.kind === "over" && html`<p>${texts.over(moment(withdrawal.until))}</p>`}
  ${
    withdrawal?.kind === "excepted" &&
    html`<p>${texts.excepted} ${texts.exceptions[withdrawal.exception]}</p>`
  }`;
}

export type PlainWithdrawal = {
  readonly order: OwnOrder;
  /** Of the withdrawal: the form sent again is the same one. */
  readonly key: string;
  readonly signedInAs?: string | undefined;
};

/** The second step: what it is about, and the button that confirms it. */
export function withdrawPage(words: PlainWords, { order, key, signedInAs }: PlainWithdrawal): string {
  const { locale, withdrawal: texts, pages } = words;
  const back = plainPath(locale, `/order/${order.orderId}`);
  const { orderId, unitsLeft } = order;
  const body = html`<article
    class="plain"
    data-state="${order.withdrawal?.kind === "open" ? "confirm" : "none"}"
  >
    <h1>${texts.title}</h1>
    ${
      order.withdrawal?.kind === "open"
        ? html`<p>${order.sale ? texts.lead(nameIn(order.sale, locale)) : texts.leadPlain}</p>
            ${facts([
              [pages.sale.units, unitsText(words, order)],
              [pages.sale.reserved, formatMoment(locale, order.reservedAt)],
              [pages.sale.orderId, orderId],
            ])}
            <form class="buy-form" method="post" action="${actionOf(words, "withdraw")}">
              ${hidden({ orderId, key })} ${unitsField(words, unitsLeft)}
              <button class="button big" type="submit">${texts.confirm}</button>
            </form>`
        : html`<p>${texts.refused}</p>`
    }
    ${linkButton(back, texts.keep)} ${signedIn(words, back, signedInAs)}
  </article>`;
  return frame(words, { title: texts.title, body, path: pathOf(order) });
}

/** A single unit is not asked about. */
const unitsField = ({ locale, withdrawal: texts }: PlainWords, unitsLeft: number): Html | readonly Html[] =>
  unitsLeft === 1
    ? hidden({ units: 1 })
    : html`<label for="units">${texts.units} (${texts.unitsOf(formatCount(locale, unitsLeft))})</label>
        <input
          id="units"
          name="units"
          type="number"
          min="1"
          max="${unitsLeft}"
          value="${unitsLeft}"
          required
        />`;
