import { escapeHtml, type Html } from "./html.ts";

/** What one marked element becomes; what is not said stays. */
export type Fill = {
  readonly text?: string;
  readonly href?: string;
  readonly isShown?: true;
};

const HEAD = /<!--fill:head-->.*?<!--\/fill:head-->/gs;

/**
 * A built page with what is known at this moment written into it: the block between the comments `fill:head`, and the
 * elements marked `data-fill="name"`, which hold text alone.
 *
 * Null if a mark is not there exactly once: the page is of another build than this code.
 */
export function fill(page: string, head: Html, fills: Readonly<Record<string, Fill>>): string | null {
  let filled = replaceOnce(page, HEAD, () => head.text);
  for (const [name, content] of Object.entries(fills))
    filled &&= replaceOnce(
      filled,
      markedBy(name),
      (_all, open: string) => fillOpen(open, content) + textOf(content, _all, open),
    );
  return filled;
}

/** An opening tag with the mark, and the text after it. The site's build writes no `<` or `>` into attributes. */
const markedBy = (name: string) => new RegExp(`(<[a-z][^<>]* data-fill="${name}"[^<>]*>)[^<]*`, "g");

const textOf = ({ text }: Fill, all: string, open: string): string =>
  text === undefined ? all.slice(open.length) : escapeHtml(text);

function fillOpen(open: string, { href, isShown }: Fill): string {
  const shown = isShown ? open.replace(/ hidden(?=[ >])/, "") : open;
  return href === undefined ? shown : shown.replace(/ href="[^"]*"/, () => ` href="${escapeHtml(href)}"`);
}

/** By a function, so that no text of a merchant's is read as a pattern of replacement. */
function replaceOnce(page: string, pattern: RegExp, by: (...groups: string[]) => string): string | null {
  return page.match(pattern)?.length === 1 ? page.replace(pattern, by) : null;
}
