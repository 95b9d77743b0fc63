const COMMENT = /\/\*[^]*?\*\/|^\s*\/\/.*$/gm;
const LITERAL = /(\b\w+\(\s*)?(?:"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g;
/** What a defect or the log is told, nobody reads on a page. */
const UNSEEN = /^(?:\w*Error|warn|error|info)\(/;

/** The texts that stand in a source, with `{}` for what is filled in; but for those of errors and of the log. */
export const literalsIn = (source: string): string[] =>
  [...source.replaceAll(COMMENT, "").matchAll(LITERAL)]
    .filter(([, call = ""]) => !UNSEEN.test(call))
    .map(([, , plain, template = ""]) => plain ?? template.replaceAll(/\$\{[^}]*\}/g, "{}"));

/** Two words that stand beside each other: no name, no path, no code. */
export const isSentence = (text: string): boolean => /(?:^|[ {}])[\p{L}`]+[,:;.]? [\p{L}{]/u.test(text);

/** Expressions that hold no markup are taken out, the innermost first. */
function withoutCode(markup: string): string {
  const less = markup.replaceAll(/\{[^{}<>]*\}/g, "");
  return less === markup ? markup : withoutCode(less);
}

/** The texts that stand in the markup of a page or component, visible or read aloud. */
export function markupTextsIn(source: string): string[] {
  const markup = source.replace(/^---\n[^]*?\n---\n/, "").replaceAll(/<(script|style)[^>]*>[^]*?<\/\1>/g, "");
  const between = [...withoutCode(markup).matchAll(/>([^<>{}]+)</g)].map(([, text = ""]) => text.trim());
  const attributes = [...markup.matchAll(/\b(?:aria-label|title|placeholder|alt)="([^"]+)"/g)];
  return [...between, ...attributes.map(([, text = ""]) => text)].filter(
    (text) => /\p{L}{2}/u.test(text) && !/[=&|?;]/.test(text),
  );
}

/** All texts of a dictionary by their path; those that take values are given some. */
export function leavesOf(words: unknown, path = ""): [path: string, text: string][] {
  if (typeof words === "string") return [[path, words]];
  if (typeof words === "function")
    return leavesOf((words as (...values: unknown[]) => unknown)(...samples), path);
  if (typeof words !== "object" || words === null) return [];
  return Object.entries(words).flatMap(([name, value]) =>
    leavesOf(value, path === "" ? name : `${path}.${name}`),
  );
}

/** Whatever an argument is, it has what is asked of it. */
const sample = Object.assign(new String("7"), {
  when: "W",
  why: "Y",
  took: "1",
  epoch: "1",
  buyers: "2",
  soldUnits: "3",
  republished: "4",
  width: 1,
  height: 1,
});
const samples = [sample, sample, sample, sample];
