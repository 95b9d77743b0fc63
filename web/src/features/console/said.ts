import { consoleTexts } from "../../../texts/console.ts";
import type { Saying } from "../../../texts/saying.ts";
import { formatCount } from "../page/format.ts";

type Words = {
  readonly sayings: readonly Saying[];
  /** Settings by the API's names. */
  readonly fields: Readonly<Record<string, string>>;
};

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
const patternOf = (saying: string) => new RegExp(`^${saying.split("{}").map(escaped).join("(.+)")}$`);
/** Figures in the page's notation; what is no count stays as it is. */
const figure = (text: string) => (/^\d{1,12}$/.test(text) ? formatCount(Number(text)) : text);

/** Null: no saying of ours. */
function translated(sentence: string, { sayings }: Words): string | null {
  for (const [said, means] of sayings) {
    const values = patternOf(said).exec(sentence)?.slice(1);
    if (!values) continue;
    let next = 0;
    return means.replaceAll("{}", () => figure(values[next++] ?? ""));
  }
  return null;
}

export const fieldName = (field: string, { fields }: Words = consoleTexts): string =>
  fields[field.replace(/^mode\./, "").replace(/^translations\.(\w+)\.(\w+)$/, "$2.$1")] ?? field;

/** What is said of a field, with the field's name before it. */
export const ofField = (field: string, message: string, words: Words = consoleTexts): string =>
  `${fieldName(field, words)}: ${translated(message, words) ?? message}`;

function part(text: string, words: Words): string {
  const whole = translated(text, words);
  if (whole !== null) return whole;
  const [field = "", ...rest] = text.split(" ");
  const message = translated(rest.join(" "), words);
  return message === null || fieldName(field, words) === field ? text : ofField(field, rest.join(" "), words);
}

/**
 * What the API or the guardian says in English sentences, in the page's language. One that has no translation stays in
 * English: a reason that can be looked up says more than none. tests/texts/console-texts.test.ts holds that each has one.
 */
export const said = (sentence: string, words: Words = consoleTexts): string =>
  translated(sentence, words) ??
  sentence
    .split("; ")
    .map((name) => part(name, words))
    .join("; ");
