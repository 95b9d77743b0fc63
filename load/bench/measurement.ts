/** One budget of the design, measured. */
export type Measurement = {
  readonly budget: string;
  /** What was seen, with its parts. */
  readonly figure: string;
  readonly goal: string;
  readonly isMet: boolean;
};

/** A ratio of two things measured in the same run; `goal` is the most or the least that it may be. */
export function ratio(
  budget: string,
  value: number,
  parts: string,
  goal: { readonly most: number } | { readonly least: number },
): Measurement {
  const [sign, limit, isMet] =
    "most" in goal ? ["≤", goal.most, value <= goal.most] : ["≥", goal.least, value >= goal.least];
  return { budget, figure: `${value.toFixed(2)}× (${parts})`, goal: `${sign} ${limit}×`, isMet };
}
