import { expect, test } from "vitest";
import { fill } from "./fill.ts";
import { html } from "./html.ts";

const page = `<head><!--fill:head--><title>Sale</title><!--/fill:head--></head>
<a class="x" data-fill="link" href="/old" lang="de">Deutsch</a>
<h1 data-part="name" data-fill="name">Sale</h1><section data-fill="about" aria-label="a" hidden><p data-fill="text"></p></section>`;
const head = html`<title>${"A & B"}</title>`;

test("writes the head, texts, links, and shows what was hidden; the rest stays as it was", () => {
  const fills = {
    link: { href: "/de/x?a=1&b=2" },
    name: { text: "A & B" },
    about: { isShown: true as const },
    text: {},
  };
  expect(fill(page, head, fills)).toBe(`<head><title>A &amp; B</title></head>
<a class="x" data-fill="link" href="/de/x?a=1&amp;b=2" lang="de">Deutsch</a>
<h1 data-part="name" data-fill="name">A &amp; B</h1><section data-fill="about" aria-label="a"><p data-fill="text"></p></section>`);
});

const filledWith = (text: string) =>
  fill(page, html`<title>${text}</title>`, {
    name: { text },
    link: { href: text },
    text: { text },
  })!;
const tags = (markup: string) => markup.match(/<[^\s>]*/g);

test.each([
  `</h1><script>alert(1)</script>`,
  `" onmouseover="alert(1)`,
  `<!--fill:head--> <p data-fill="text">`,
  "$& $1 $` $' $$ $<name>",
])("a hostile text %j is text, wherever it stands", (text) => {
  const escaped = html`${text}`.text;
  expect(escaped).not.toMatch(/[<>"']/);
  expect(filledWith(text).split(escaped)).toHaveLength(5);
  expect(tags(filledWith(text))).toEqual(tags(filledWith("harmless")));
});

test("a page of another build is not filled at all", () => {
  expect(fill(page.replace('data-fill="name"', ""), head, { name: { text: "A" } })).toBeNull();
  expect(fill(page + page, head, {})).toBeNull();
  expect(fill(page.replace("<!--/fill:head-->", ""), head, {})).toBeNull();
  expect(fill(`${page}<p data-fill="name">`, head, { name: { text: "A" } })).toBeNull();
});
