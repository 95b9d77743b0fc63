import { locales, plainPath } from "../../../../web/texts/locale.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { html, type Html } from "../html.ts";
import { footer } from "./footer.ts";

export type Frame = {
  readonly title: string;
  readonly body: Html;
  /** Below `/plain/<language>`, for the same page in the other language; absent: what a form led to has no address. */
  readonly path?: string;
  /** How soon the browser is to ask again by itself. */
  readonly refreshSeconds?: number;
  /** Where the browser is to go by itself, at once. */
  readonly goesOnTo?: string;
};

/** A whole page without script, in the looks of the storefront. */
export function frame(
  words: PlainWords,
  { title, body, path = "", refreshSeconds, goesOnTo }: Frame,
): string {
  const { locale, pages, shop } = words;
  const other = locales.find((language) => language !== locale)!;
  return html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        ${refreshSeconds !== undefined && html`<meta http-equiv="refresh" content="${refreshSeconds}" />`}
        ${goesOnTo !== undefined && html`<meta http-equiv="refresh" content="0;url=${goesOnTo}" />`}
        <title>${title} · ${shop.name}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/plain.css" />
      </head>
      <body>
        <a class="skip" href="#main">${pages.skip}</a>
        <header class="site-header">
          <a class="wordmark" href="${plainPath(locale)}">${shop.name}</a>
          <div class="site-links">
            <a href="${plainPath(locale, "/orders")}">${pages.orders.link}</a>
            <a href="${plainPath(other, path)}" hreflang="${other}" lang="${other}">${pages.otherLocale}</a>
          </div>
        </header>
        <main id="main" tabindex="-1">${body}</main>
        ${footer(words)}
      </body>
    </html> `.text;
}
