import { isProtected, leastRatio } from "./judge-launch.ts";
import type { LaunchResult } from "./judge-sale.ts";
import { nameOf } from "./launch-plan.ts";

export const columns = [
  "launch",
  "units",
  "honest got",
  "ideal",
  "of ideal",
  "least",
  "beside",
  "turns",
  "differ",
  "script",
  "verdict",
];

/** The row of a launch, as the table and the page have it. */
export function cellsOf({ plan, shares, turns, misplaced, verifierCode, wrong }: LaunchResult): string[] {
  const { units, honestUnits, idealUnits, ratio, beside } = shares;
  const hasLine = plan.mode !== "open";
  return [
    nameOf(plan),
    String(units),
    String(honestUnits),
    idealUnits.toFixed(1),
    ratio.toFixed(2),
    isProtected(plan) ? leastRatio(shares).toFixed(2) : "–",
    String(beside),
    hasLine ? String(turns) : "–",
    misplaced === null ? "–" : String(misplaced),
    verifierCode === null ? "–" : `exit ${verifierCode}`,
    wrong.length === 0 ? "fair" : "WRONG",
  ];
}

/** One line a launch, and what is wrong with any. An open sale is shown for comparison: its share is not judged. */
export function formatTable(results: readonly LaunchResult[], tooLittle: readonly string[]): string {
  const rows = [columns, ...results.map(cellsOf)];
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  const lines = rows.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join("  "),
  );
  const faults = [
    ...results.flatMap(({ plan, wrong }) => wrong.map((fault) => `${nameOf(plan)}: ${fault}`)),
    ...tooLittle,
  ];
  return [...lines, ...(faults.length > 0 ? ["", ...faults] : [])].join("\n");
}
