import { escapeHtml } from "../escape-html.ts";
import type { Mail } from "./parse-mail.ts";

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
  article { border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: 12px;
    padding: 1rem 1.25rem; margin: 1rem 0; }
  h2 { font-size: 1.05rem; margin: 0 0 .25rem; }
  p { margin: 0; opacity: .75; font-size: .9rem; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .75rem 0 0; }`;

/** The mailbox as a page, newest mail first. */
export function mailboxPage(mails: readonly Mail[]): string {
  const list = mails.map(mailArticle).join("\n");
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="3">
<title>Local mailbox</title>
<style>${style}</style>
<h1>Local mailbox</h1>
<p>Every mail that this local cloud sent; none left the machine.</p>
${list || "<p>No mail yet. Sign in, and the code arrives here.</p>"}
</html>`;
}

function mailArticle({ to, from, subject, text, sentAt }: Mail): string {
  return `<article>
<h2>${escapeHtml(subject)}</h2>
<p>to ${escapeHtml(to)} · from ${escapeHtml(from)} · <time datetime="${sentAt}">${sentAt}</time></p>
<pre>${escapeHtml(text)}</pre>
</article>`;
}
