import type { OrderView } from "../../../../core/contract/order.ts";
import { plainPath } from "../../../../web/texts/locale.ts";
import { formatCount } from "../format.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { html, type Html } from "../html.ts";

/** A state as a word; the tone only colours it. */
export const chip = ({ chip: word, tone }: { readonly chip: string; readonly tone: string }): Html =>
  html`<p class="chip" data-tone="${tone}">${word}</p>`;

/** Facts by name; those without a value are left out. */
export const facts = (
  entries: readonly (readonly [name: string, value: string | null])[],
  extra = "",
): Html =>
  html`<dl class="facts ${extra}">
    ${entries.map(
      ([name, value]) =>
        value !== null &&
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;

export const linkButton = (href: string, words: string): Html =>
  html`<p><a class="button quiet" href="${href}">${words}</a></p>`;

export const hidden = (fields: Readonly<Record<string, string | number>>): readonly Html[] =>
  Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );

/** An order's units; where it is not all the buyer's any more, of how many. */
export const unitsText = ({ locale, partly }: PlainWords, { quantity, unitsLeft }: OrderView): string =>
  unitsLeft === quantity
    ? formatCount(locale, quantity)
    : partly.units(formatCount(locale, unitsLeft), formatCount(locale, quantity));

/** As whom the buyer is signed in, and the way out; leads to `next`. */
export const signedIn = (words: PlainWords, next: string, signedInAs?: string): Html =>
  html`<form class="signed-in" method="post" action="${actionOf(words, "sign-out")}">
    ${hidden({ next })}
    ${signedInAs === undefined ? words.pages.sale.signedIn : words.pages.sale.signedInAs(signedInAs)}
    <button class="link-button" type="submit">${words.pages.sale.signOut}</button>
  </form>`;

/** Where a plain form is sent to. */
export const actionOf = ({ locale }: PlainWords, name: string): string => plainPath(locale, `/${name}`);
