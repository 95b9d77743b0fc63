import { type Measurement, missedBy } from "./measurement.ts";

/** One line for each budget; behind a missed one, by how much, and why. */
export function formatTable(measurements: readonly Measurement[]): string {
  const width = Math.max(...measurements.map((measurement) => measurement.budget.length));
  const goalWidth = Math.max(...measurements.map((measurement) => measurement.goal.length));
  return measurements
    .flatMap(({ budget, goal, figure, isMet, why }) => [
      [isMet ? "pass" : "MISS", budget.padEnd(width), goal.padEnd(goalWidth), figure].join("  "),
      ...(isMet ? [] : [`      ${missedBy({ figure, goal })}${why === undefined ? "" : `: ${why}`}`]),
    ])
    .join("\n");
}
