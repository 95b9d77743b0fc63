/** Text that is markup already. Only `html` and `markup` make it, so whatever else is put into a page is escaped. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | false | null | undefined | readonly Value[];

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as it must stand in markup, between tags or within a quoted attribute. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");

/** Markup with values in it, each escaped unless it is markup itself. Nothing is written for what is absent. */
export const html = (strings: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(
    strings.map((text, index) => text + (index < values.length ? written(values[index]) : "")).join(""),
  );

function written(value: Value): string {
  if (value instanceof Html) return value.text;
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number") return String(value);
  return Array.isArray(value) ? (value as readonly Value[]).map(written).join("") : "";
}

/** Data for programs, in a script element that no browser runs: nothing in it can end the element. */
export const dataBlock = (type: string, data: unknown): Html =>
  new Html(`<script type="${escapeHtml(type)}">${escapeJson(data)}</script>`);

const escapeJson = (data: unknown): string =>
  JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
