import type { SaleStatus } from "../../../core/contract/sale.ts";
import { inLanguage } from "../../../core/contract/translations.ts";
import { locales, plainPath, salePath } from "../../../web/texts/locale.ts";
import type { PlainWords } from "../../../web/texts/plain.ts";
import { fill } from "./fill.ts";
import { withdrawalTerms } from "../../../web/texts/withdrawal-terms.ts";
import { formatCount, formatMoment, formatPrice } from "./format.ts";
import { html } from "./html.ts";
import { saleHead } from "./sale-head.ts";

/**
 * The built page of a sale with the sale's facts in it; null if the page is of another build.
 *
 * @param isListed false: search engines are asked to leave it out.
 */
export function fillSalePage(
  page: string,
  known: SaleStatus,
  words: PlainWords,
  siteUrl: string,
  isListed: boolean,
): string | null {
  const { locale, pages } = words;
  const sale = inLanguage(known, locale);
  const other = locales.find((language) => language !== locale)!;
  return fill(page, saleHead(sale, words, siteUrl, isListed), {
    "other-locale": { href: salePath(other, sale.saleId) },
    plain: { href: plainPath(locale, `/sale/${sale.saleId}`) },
    name: { text: sale.name },
    price: { text: formatPrice(locale, sale.priceMinor, sale.currency) },
    about: { isShown: true },
    description: { text: sale.description },
    opens: { text: formatMoment(locale, sale.startsAt) },
    "ends-row": sale.endsAt === null ? {} : { isShown: true },
    ends: { text: sale.endsAt === null ? "" : formatMoment(locale, sale.endsAt) },
    limit: { text: pages.share.perBuyer(sale.purchaseLimit) },
    withdrawal: {
      text: withdrawalTerms(words.withdrawal, sale.withdrawal, (days) => formatCount(locale, days)),
    },
  });
}

/** The same page where there is no such sale. */
export function fillMissingSale(page: string, { pages, faces, shop }: PlainWords): string | null {
  const { heading, body } = faces.not_found;
  const head = html`<title>${pages.missing.title} · ${shop.name}</title>
    <meta name="robots" content="noindex" />`;
  return fill(page, head, { name: { text: heading }, heading: { text: heading }, body: { text: body } });
}
