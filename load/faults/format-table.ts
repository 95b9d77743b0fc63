import { nameOf } from "./fault.ts";
import type { FaultResult } from "./run-fault.ts";

const seconds = (ms: number | null) => (ms === null ? "–" : `${(ms / 1000).toFixed(1)} s`);

const COLUMNS = [
  "fault",
  "limit",
  "in flight",
  "lost",
  "doubled",
  "untrue",
  "answers",
  "at rest",
  "recoveries",
  "took",
  "verdict",
];

function cells(result: FaultResult): string[] {
  const isGood = result.violations.length === 0;
  return [
    result.run.fault.name,
    String(result.run.purchaseLimit),
    String(result.inFlight),
    String(result.lost),
    String(result.doubled),
    String(result.untrueAnswers),
    seconds(result.answersMs),
    seconds(result.restMs),
    String(result.recoveries.length),
    seconds(result.tookMs),
    isGood ? "equal" : "NOT EQUAL",
  ];
}

/**
 * One line a fault. `answers` is the time from the fault's end to the next final answer; `at rest` from the fault's end, and
 * the last buyer's, to the same orders in every store.
 */
export function formatTable(results: readonly FaultResult[]): string {
  const rows = [COLUMNS, ...results.map(cells)];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
  const misses = results.filter((result) => result.violations.length > 0);
  const details = misses.flatMap(({ run, violations, history }) => [
    "",
    `${nameOf(run)} (${run.fault.line}), kept in ${history}:`,
    ...violations.map(({ law, finding }) => `  ${law}: ${finding}`),
  ]);
  return [...lines, ...details].join("\n");
}
