import { readFileSync } from "node:fs";

/** A kind of item in DynamoDB, as docs/privacy.md has it: the one table of what is kept of people, and of what becomes of it. */
export type KeptItem = {
  readonly table: string;
  readonly pattern: string;
  readonly fields: readonly string[];
  readonly kept: string;
  readonly onDeletion: string;
  /** Whether a partition's key is one of this kind; what is not known of a key may be `*`. */
  readonly matches: (key: string) => boolean;
};

const ANY = ".+";
const PARTS: Readonly<Record<string, string>> = {
  "<tag>": "(?:[0-9A-Z]{8}|\\*)",
  "<sale>": "(?:sale_[0-9A-Z]{26}|\\*)",
  "<part>": "(?:\\d+|\\*)",
  "<list>": "[\\w*]+",
  "<step>": "(?:\\d+|\\*)",
  "<place>": ANY,
  "<signature>": ANY,
  "…": ANY,
};

export const namesIn = (part: string): string[] =>
  [...part.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name!);

export const privacySection = (heading: string): string =>
  readFileSync("docs/privacy.md", "utf8").split(`\n## ${heading}`)[1]?.split("\n## ")[0] ?? "";

export const keptItems = (): KeptItem[] =>
  privacySection("DynamoDB")
    .split("\n")
    .filter((line) => line.startsWith("| ") && line.includes("`"))
    .flatMap((line) => {
      const [, table = "", item = "", fields = "", , kept = "", onDeletion = ""] = line
        .split("|")
        .map((cell) => cell.trim());
      return namesIn(item).map((pattern) => {
        const source = Object.entries(PARTS).reduce((text, [name, of]) => text.replaceAll(name, of), pattern);
        const regex = new RegExp(`^${source}$`);
        return {
          table,
          pattern,
          fields: fields.split(" "),
          kept,
          onDeletion,
          matches: (key: string) => regex.test(key),
        };
      });
    });

/** The columns of PostgreSQL that docs/privacy.md lists, of a person or not. */
export function keptColumns(): string[] {
  const part = privacySection("PostgreSQL");
  const ofPeople = namesIn(part).filter((name) => /^\w+\.\w+$/.test(name));
  const others = /```columns\n([^]*?)```/
    .exec(part)![1]!
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [table = "", columns = ""] = line.split(": ");
      return columns.split(" ").map((column) => `${table}.${column}`);
    });
  return [...ofPeople, ...others];
}

/** The kind that an item is of, null if docs/privacy.md has none; and its fields that the document does not have. */
export function lookUpItem(
  kinds: readonly KeptItem[],
  table: string,
  item: Readonly<Record<string, unknown>>,
) {
  const { pk, sk: _, ttl, ...fields } = item;
  const [kind, ...more] = kinds.filter((row) => row.table === table && row.matches(String(pk)));
  // An item of many fields has several rows.
  const rows = [kind, ...more.filter(({ pattern }) => pattern === kind?.pattern)];
  const unknown = Object.keys(fields).filter(
    (name) => !rows.some((row) => row?.fields.some((field) => field === name || field === "*")),
  );
  // What is to go by ttl has one, and nothing else has.
  if ((ttl !== undefined) !== (kind?.kept.startsWith("ttl") ?? false)) unknown.push("ttl");
  return { pattern: kind?.pattern ?? null, unknown };
}
