import type { PlainWords } from "../../../../web/texts/plain.ts";
import { html } from "../html.ts";
import { frame } from "./frame.ts";

/** A page that leads on by itself, at once, and by a link where it does not. */
export function goOnPage(
  words: PlainWords,
  { to, isToPay }: { readonly to: string; readonly isToPay: boolean },
): string {
  const { toPayment, backToOrder } = words.payment;
  const { heading, body, link } = isToPay ? toPayment : backToOrder;
  return frame(words, {
    title: heading,
    body: html`<article class="plain">
      <h1>${heading}</h1>
      <p>${body}</p>
      <p><a class="button" href="${to}">${link}</a></p>
    </article>`,
    goesOnTo: to,
  });
}
