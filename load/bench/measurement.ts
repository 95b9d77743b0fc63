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

/** A rate that two quiet cores must reach; another machine has another. */
export const atLeast = (budget: string, perSecond: number, goal: number): Measurement => ({
  budget,
  figure: `${perSecond.toFixed(0)} a second`,
  goal: `≥ ${goal} a second`,
  isMet: perSecond >= goal,
});

/** A rate that is told and not judged. */
export const reported = (budget: string, perSecond: number): Measurement => ({
  budget,
  figure: `${perSecond.toFixed(0)} a second`,
  goal: "reported",
  isMet: true,
});
