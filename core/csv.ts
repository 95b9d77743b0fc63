/** Spreadsheets take a cell that begins like this, also in full width, for a formula; an apostrophe before it makes it text. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const NEEDS_QUOTES = /[",\r\n]/;

type Value = string | number | boolean | null;

function cell(value: Value): string {
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value ?? "");
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as CSV (RFC 4180), safe to open in a spreadsheet. */
export const csv = (rows: readonly (readonly Value[])[]): string =>
  rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
