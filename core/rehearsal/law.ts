import type { RehearsalLaw } from "../contract/rehearsal.ts";

/** Holds if both sides are the same. */
export const equal = (law: string, left: number, right: number): RehearsalLaw => ({
  law,
  left,
  right,
  holds: left === right,
});

export const atLeast = (law: string, left: number, right: number): RehearsalLaw => ({
  law: `${law} ≥ ${right}`,
  left,
  right,
  holds: left >= right,
});

/** How many are in both. */
export const inBoth = (some: ReadonlySet<string>, others: ReadonlySet<string>): number =>
  [...some].filter((id) => others.has(id)).length;
