export type Row = readonly string[];

/** A table whose columns are as wide as their widest cell, as the formatter of the documents makes it. */
export function table(head: Row, rows: readonly Row[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(3, ...all.map((row) => (row[column] ?? "").length)));
  const line = (cells: Row) => `| ${widths.map((width, i) => (cells[i] ?? "").padEnd(width)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

export const count = (value: number): string => Math.round(value).toLocaleString("en");
export const seconds = (ms: number | null): string => (ms === null ? "never" : `${(ms / 1000).toFixed(1)} s`);
export const dollars = (usd: number): string => usd.toFixed(2);
