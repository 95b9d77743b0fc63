import { plainPath } from "../../../../web/texts/locale.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { html } from "../html.ts";
import { frame } from "./frame.ts";
import { actionOf, hidden } from "./parts.ts";

/** One button that stops the notices of whoever the link was made for. @param token null: they are stopped. */
export function unsubscribePage(words: PlainWords, token: string | null): string {
  const { locale, plain } = words;
  const body = html`<article class="plain">
    <h1>${plain.unsubscribe.heading}</h1>
    ${
      token === null
        ? html`<p role="status">${plain.unsubscribe.done}</p>`
        : html`<p>${plain.unsubscribe.body}</p>
            <form method="post" action="${actionOf(words, "unsubscribed")}">
              ${hidden({ token })}
              <button class="button" type="submit">${plain.unsubscribe.stop}</button>
            </form>`
    }
    <p><a href="${plainPath(locale)}">${plain.toList}</a></p>
  </article>`;
  return frame(words, { title: plain.unsubscribe.heading, body, path: "" });
}
