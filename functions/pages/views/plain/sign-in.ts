import { CODE_FIELD_LENGTH, CODE_FIELD_PATTERN } from "../../../../core/contract/sign-in-code.ts";
import type { PlainWords } from "../../../../web/texts/plain.ts";
import { html, type Html } from "../html.ts";
import { frame } from "./frame.ts";
import { openIdLink } from "./openid.ts";
import { actionOf, hidden } from "./parts.ts";

type Field = {
  readonly id: string;
  readonly label: string;
  readonly error: string;
  readonly submit: string;
  /** The input's own attributes. */
  readonly input: Html;
};

/** One field with its name, its button, and what is wrong with it. */
const field = ({ id, label, error, submit, input }: Field): Html =>
  html`<label for="${id}">${label}</label>
    <div class="field-row">
      <input
        id="${id}"
        name="${id}"
        required
        aria-describedby="${id}-error"
        ${error !== "" && html` aria-invalid="true" autofocus`}
        ${input}
      />
      <button class="button" type="submit">${submit}</button>
    </div>
    <p class="field-error" id="${id}-error">${error}</p>`;

export type EmailForm = { readonly next: string; readonly email?: string; readonly error?: string };

/** Asks for an e-mail address, to which a code is sent; leads to `next` in the end. */
export const emailForm = (words: PlainWords, { next, email = "", error = "" }: EmailForm): Html => {
  const { signIn } = words.pages;
  const input = html`type="email" value="${email}" autocomplete="email" autocapitalize="off" maxlength="254"`;
  return html`<section class="sign-in">
    <h2 class="sign-in-heading">${signIn.heading}</h2>
    <form method="post" action="${actionOf(words, "code")}">
      ${hidden({ next })}
      ${field({ id: "email", label: signIn.email, error, submit: signIn.sendCode, input })}
    </form>
    ${openIdLink(words, next)}
  </section>`;
};

export type CodePage = {
  readonly next: string;
  readonly challenge: string;
  readonly email: string;
  readonly error?: string;
  /** Where the mails of a local run lie. */
  readonly mailbox?: string | undefined;
};

/** Asks for the code that was sent. */
export function codePage(
  words: PlainWords,
  { next, challenge, email, error = "", mailbox }: CodePage,
): string {
  const { pages, plain } = words;
  const { signIn } = pages;
  const input = html`class="code" type="text" inputmode="text" autocomplete="one-time-code"
  autocapitalize="characters" autocorrect="off" spellcheck="false" pattern="${CODE_FIELD_PATTERN}"
  title="${plain.fields.code}" maxlength="${String(CODE_FIELD_LENGTH)}"`;
  const body = html`<section class="plain">
    <h1>${signIn.heading}</h1>
    <p>${plain.codeSentTo(email)}</p>
    <div class="sign-in">
      <form method="post" action="${actionOf(words, "session")}">
        ${hidden({ challenge, email, next })}
        ${field({ id: "code", label: signIn.code, error, submit: signIn.submit, input })}
      </form>
      <p><a href="${next}">${signIn.otherEmail}</a></p>
      ${mailbox !== undefined && html`<p class="hint">${signIn.mailboxHint} <a href="${mailbox}" target="_blank" rel="noopener">${signIn.mailbox}</a>.</p>`}
    </div>
  </section>`;
  return frame(words, { title: signIn.heading, body });
}

/** The address that was no address. */
export const emailPage = (words: PlainWords, form: EmailForm): string =>
  frame(words, {
    title: words.pages.signIn.heading,
    body: html`<section class="plain">
      <h1>${words.pages.signIn.heading}</h1>
      ${emailForm(words, form)}
    </section>`,
  });
