import { inListOrder } from "../../../../core/contract/list-order.ts";
import type { PastSalePage, SaleStatus } from "../../../../core/contract/sale.ts";
import { inLanguage } from "../../../../core/contract/translations.ts";
import { plainPath } from "../../../../web/texts/locale.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { formatMoment, formatPrice } from "../format.ts";
import { html, type Html } from "../html.ts";
import { frame } from "./frame.ts";
import { chip, linkButton } from "./parts.ts";

/** The present sales; each leads to its plain page. */
export function salesPage(words: PlainWords, sales: readonly SaleStatus[]): string {
  const { list } = words.pages;
  const body = html`<section class="plain">
    <h1>${list.title}</h1>
    <p class="lead">${list.lead}</p>
    ${
      sales.length === 0
        ? html`<p class="notice">${words.plain.noSales}</p>`
        : html`<ul class="plain-list">
            ${inListOrder(sales).map((sale) => item(words, sale))}
          </ul>`
    }
    ${linkButton(pastPath(words, "newest"), words.plain.pastSales)}
  </section>`;
  return frame(words, { title: list.title, body });
}

const pastPath = ({ locale }: PlainWords, before: string) => plainPath(locale, `/past/${before}`);

/** A page of past sales, which begins before that sale, and the way on. */
export function pastSalesPage(words: PlainWords, { sales, next }: PastSalePage, before: string): string {
  const { plain, locale } = words;
  const body = html`<section class="plain">
    <h1>${plain.pastSales}</h1>
    ${
      sales.length === 0 && next === null
        ? html`<p class="notice">${plain.noPastSales}</p>`
        : html`<ul class="plain-list">
            ${sales.map((sale) => item(words, sale))}
          </ul>`
    }
    ${next !== null && linkButton(pastPath(words, next), plain.morePast)}
    ${linkButton(plainPath(locale), plain.toList)}
  </section>`;
  return frame(words, { title: plain.pastSales, body, path: `/past/${before}` });
}

const item = ({ locale, faces, plain }: PlainWords, sale: SaleStatus): Html =>
  html`<li>
    <h2><a href="${plainPath(locale, `/sale/${sale.saleId}`)}">${inLanguage(sale, locale).name}</a></h2>
    ${chip(faces[sale.phase])}
    <p>${formatPrice(locale, sale.priceMinor, sale.currency)}</p>
    ${sale.phase === "scheduled" && html`<p>${plain.opensAt(formatMoment(locale, sale.startsAt))}</p>`}
  </li>`;
