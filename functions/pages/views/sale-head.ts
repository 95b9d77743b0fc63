import { jpegRendition, pictureUrl } from "../../../core/contract/renditions.ts";
import type { SaleStatus } from "../../../core/contract/sale.ts";
import { inLanguage } from "../../../core/contract/translations.ts";
import { locales, salePath } from "../../../web/texts/locale.ts";
import { type Words, wordsIn } from "../../../web/texts/pages.ts";
import type { PlainWords } from "../../../web/texts/plain.ts";
import { decimalPrice, formatMoment, formatPrice } from "./format.ts";
import { dataBlock, html, type Html } from "./html.ts";
import { picturePreload } from "./picture.ts";
import { saleJsonLd } from "./sale-json-ld.ts";

/** Longer descriptions are cut off by whoever shows a preview. */
const DESCRIPTION_LENGTH = 200;

/** The site's own picture, for a sale without one: 1200 by 630, as the large previews are. */
const ownPicture = { path: "/share.png", width: 1200, height: 630 };

/** What is shown of a sale wherever its address is shared. */
function sharePicture({ picture }: SaleStatus, { pages }: Words, siteUrl: string) {
  const { path, ...size } = picture
    ? { ...jpegRendition, path: pictureUrl(picture, jpegRendition) }
    : ownPicture;
  return { ...size, url: siteUrl + path, alt: picture?.alt ?? pages.share.picture };
}

/** The head of a sale's page: whether search engines may show it, its title, what previews show (Open Graph), and what search engines read (JSON-LD). */
export function saleHead(known: SaleStatus, words: PlainWords, siteUrl: string, isListed: boolean): Html {
  const { locale, pages, shop } = words;
  const sale = inLanguage(known, locale);
  const url = siteUrl + salePath(locale, sale.saleId);
  const picture = sharePicture(sale, words, siteUrl);
  const description = describe(sale, words);
  const alternates = locales.map(
    (language) =>
      html`<link
        rel="alternate"
        hreflang="${language}"
        href="${siteUrl}${salePath(language, sale.saleId)}"
      />`,
  );
  const otherLanguages = locales
    .filter((language) => language !== locale)
    .map(
      (language) =>
        html`<meta property="og:locale:alternate" content="${wordsIn(language).pages.share.language}" />`,
    );
  return html`<title>${sale.name} · ${shop.name}</title>
    ${!isListed && html`<meta name="robots" content="noindex" />`}
    <meta name="description" content="${description}" />
    <link rel="canonical" href="${url}" />${alternates} ${sale.picture && picturePreload(sale.picture)}
    <meta property="og:type" content="product" />
    <meta property="og:site_name" content="${shop.name}" />
    <meta property="og:title" content="${sale.name}" />
    <meta property="og:description" content="${description}" />
    <meta property="og:url" content="${url}" />
    <meta property="og:image" content="${picture.url}" />
    <meta property="og:image:width" content="${picture.width}" />
    <meta property="og:image:height" content="${picture.height}" />
    <meta property="og:image:alt" content="${picture.alt}" />
    <meta property="og:locale" content="${pages.share.language}" />${otherLanguages}
    <meta property="product:price:amount" content="${decimalPrice(sale.priceMinor, sale.currency)}" />
    <meta property="product:price:currency" content="${sale.currency}" />
    <meta name="twitter:card" content="summary_large_image" />
    ${dataBlock("application/ld+json", saleJsonLd(sale, url, picture.url))}`;
}

/** Price and opening first: a preview may show a line alone. */
function describe(sale: SaleStatus, { locale, pages }: Words): string {
  const price = formatPrice(locale, sale.priceMinor, sale.currency);
  const facts = `${price}. ${pages.share.opensAt(formatMoment(locale, sale.startsAt))}`;
  const text = `${facts} ${sale.description.replace(/\s+/g, " ")}`.trim();
  return text.length <= DESCRIPTION_LENGTH ? text : `${text.slice(0, DESCRIPTION_LENGTH - 1).trimEnd()}…`;
}
