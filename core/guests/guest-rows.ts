import * as v from "valibot";
import { MOST_ROWS, type Tier } from "../contract/guests.ts";
import { email } from "../contract/identity.ts";
import type { Providers } from "../identity/aliases.ts";
import { addressKey, codeKey, type GuestsBy, whyNoCode } from "./guest-key.ts";

/** A guest as they stand on a list. */
export type GuestRow = {
  /** By which they are found: a mailbox, or a code without spaces. */
  readonly key: string;
  /** The address or code as it was given. */
  readonly shown: string;
  /** Empty: none. */
  readonly tier: string;
  /** How many buyers may come with it. */
  readonly uses: number;
};

export type RowError = { readonly line: number; readonly message: string };
export type ReadRows =
  | { readonly kind: "rows"; readonly rows: readonly GuestRow[] }
  | { readonly kind: "wrong"; readonly errors: readonly RowError[] };

type Rules = {
  readonly by: GuestsBy;
  readonly tiers: readonly Pick<Tier, "name">[];
  readonly providers: Providers;
};

/** So many wrong lines are named; the rest is told by its number. */
const MOST_ERRORS = 50;
/** All of them lie in one item. */
const MOST_USES = 1_000;

/** Cells of one line (RFC 4180); null: a quote is left open. A cell may not have a line break. */
export function cellsOf(line: string, separator: string): string[] | null {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      let end = at + 1;
      while (line[end] === '"' ? line[end + 1] === '"' : end < line.length) end += line[end] === '"' ? 2 : 1;
      if (line[end] !== '"') return null;
      cells.push(line.slice(at + 1, end).replaceAll('""', '"'));
      at = end + 1;
    } else {
      const end = line.indexOf(separator, at);
      cells.push(line.slice(at, end < 0 ? undefined : end));
      at = end < 0 ? line.length : end;
    }
    if (at >= line.length) return cells;
    if (line[at] !== separator) return null;
    at += 1;
  }
}

/** An export writes an apostrophe before what a spreadsheet would take for a formula. */
const bare = (cell: string) => cell.trim().replace(/^'(?=[=+\-@])/, "");

/** Reads a file whole: all rows, or every line that is wrong. Spreadsheets of some languages write semicolons. */
export function readGuestRows(text: string, rules: Rules): ReadRows {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const head = lines[0] ?? "";
  const separator = head.includes(";") ? ";" : ",";
  const names = (cellsOf(head, separator) ?? []).map((name) => name.trim().toLowerCase());
  const keyColumn = rules.by === "addresses" ? "address" : "code";
  if (!names.includes(keyColumn))
    return wrong([{ line: 1, message: `must name the columns: ${keyColumn} is missing` }]);
  const filled = lines.map((line, index) => ({ line, number: index + 1 })).slice(1);
  const given = filled.filter(({ line }) => line.trim() !== "");
  if (given.length === 0) return wrong([{ line: 1, message: "is followed by no row" }]);
  if (given.length > MOST_ROWS)
    return wrong([{ line: MOST_ROWS + 2, message: `is beyond the ${MOST_ROWS} rows of one file` }]);
  return readLines(given, { ...rules, separator, names, keyColumn });
}

const wrong = (errors: readonly RowError[]): ReadRows => ({ kind: "wrong", errors });

type Columns = Rules & {
  readonly separator: string;
  readonly names: readonly string[];
  readonly keyColumn: string;
};

function readLines(
  lines: readonly { readonly line: string; readonly number: number }[],
  columns: Columns,
): ReadRows {
  const errors: RowError[] = [];
  const rows = new Map<string, GuestRow>();
  const firstLines = new Map<string, number>();
  for (const { line, number } of lines) {
    const row = readRow(line, columns);
    if (typeof row === "string") errors.push({ line: number, message: row });
    else if (firstLines.has(row.key))
      errors.push({ line: number, message: `is the same guest as line ${firstLines.get(row.key)!}` });
    else {
      rows.set(row.key, row);
      firstLines.set(row.key, number);
    }
  }
  if (errors.length === 0) return { kind: "rows", rows: [...rows.values()] };
  const named = errors.slice(0, MOST_ERRORS);
  const left = errors.length - named.length;
  const next = errors[MOST_ERRORS];
  if (next) named.push({ line: next.line, message: `and ${left} lines from here on are wrong` });
  return wrong(named);
}

/** The row of a line; a text: what is wrong with it. */
function readRow(line: string, columns: Columns): GuestRow | string {
  const { separator, names, keyColumn, by, tiers, providers } = columns;
  const cells = cellsOf(line, separator);
  if (!cells) return "has a quote that is left open";
  const cell = (name: string) => bare(cells[names.indexOf(name)] ?? "");
  const shown = cell(keyColumn);
  const tierName = cell("tier");
  const tier = tiers.find(({ name }) => name.toLowerCase() === tierName.toLowerCase());
  if (tierName !== "" && !tier) return `names a tier that the sale does not have: ${tierName.slice(0, 40)}`;
  const usesText = by === "codes" ? cell("uses") : "";
  const uses = usesText === "" ? 1 : Number(usesText);
  if (!Number.isInteger(uses) || uses < 1 || uses > MOST_USES)
    return `uses must be a whole number from 1 to ${MOST_USES}`;
  const key = by === "addresses" ? addressKey(shown, providers) : codeKey(shown);
  const why = by === "addresses" ? whyNoAddress(shown) : whyNoCode(key);
  return why ?? { key, shown, tier: tier?.name ?? "", uses };
}

function whyNoAddress(shown: string): string | null {
  const checked = v.safeParse(email, shown);
  return checked.success ? null : checked.issues[0].message;
}
