import { legalLinks, linkIn, shopVariables } from "../../../../core/contract/shop.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { html, type Html } from "../html.ts";

/** The end of every page, with what the law asks a shop for; what is not set yet is said to be so. */
export const footer = ({ locale, pages, shop }: PlainWords): Html =>
  html`<footer class="site-footer">
    <p>${pages.footer}</p>
    <ul class="legal">
      ${legalLinks.map((link) =>
        shop[link] === ""
          ? html`<li>${pages.legal.notSet(pages.legal[link], shopVariables[link])}</li>`
          : html`<li><a href="${linkIn(shop[link], locale)}">${pages.legal[link]}</a></li>`,
      )}
    </ul>
  </footer>`;
