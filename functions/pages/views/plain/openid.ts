import { plainPath } from "../../../../web/texts/locale.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { html, type Html } from "../html.ts";
import { frame } from "./frame.ts";

/** The button to the merchant's own sign-in; null: the shop has none. */
export const openIdLink = ({ shop, locale, pages }: PlainWords, next: string): Html | null =>
  shop.signInName === ""
    ? null
    : html`<p>
        <a class="button quiet" href="${plainPath(locale, `/openid?next=${encodeURIComponent(next)}`)}"
          >${pages.signIn.openId(shop.signInName)}</a
        >
      </p>`;

/** Signed in; leads on by itself, and by a link where it does not. */
export const openIdPage = (words: PlainWords, next: string): string =>
  frame(words, {
    title: words.plain.openid.done,
    body: html`<article class="plain">
      <h1>${words.plain.openid.done}</h1>
      <p><a class="button" href="${next}">${words.plain.openid.goOn}</a></p>
    </article>`,
    goesOnTo: next,
  });

/** Not signed in, why, and the ways that are left. */
export const openIdFailedPage = (
  words: PlainWords,
  why: "openid_again" | "openid_no_email",
  next: string,
): string =>
  frame(words, {
    title: words.plain.openid.failed,
    body: html`<article class="plain" data-state="${why}">
      <h1>${words.plain.openid.failed}</h1>
      <p>${why === "openid_again" ? words.plain.openid.again : words.plain.openid.noEmail}</p>
      ${openIdLink(words, next)}
      <p><a class="button quiet" href="${next}">${words.plain.openid.back}</a></p>
    </article>`,
  });
