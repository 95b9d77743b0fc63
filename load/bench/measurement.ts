/** One budget of the design, measured. */
export type Measurement = {
  readonly budget: string;
  /** What was seen, with its parts. */
  readonly figure: string;
  readonly goal: string;
  readonly isMet: boolean;
  /** Where it goes and what was tried, of a budget that may be missed; docs/budgets.md says more. */
  readonly why?: string;
};

/** By how much a figure misses its goal, in hundredths of the goal; both begin with a number of the same unit. */
export function missedBy({ figure, goal }: Pick<Measurement, "figure" | "goal">): string {
  const [value, limit] = [figure, goal].map((text) => Number(/\d+(?:\.\d+)?/.exec(text)?.[0]));
  if (value === undefined || !limit || Number.isNaN(value)) return "missed";
  const percent = Math.round((Math.abs(value - limit) / limit) * 100);
  return `${percent} % ${value > limit ? "over" : "below"} its goal`;
}

/** A ratio of two things measured in the same run; `goal` is the most or the least that it may be. */
export function ratio(
  budget: string,
  value: number,
  parts: string,
  goal: { readonly most: number } | { readonly least: number },
  why?: string,
): Measurement {
  const [sign, limit, isMet] =
    "most" in goal ? ["≤", goal.most, value <= goal.most] : ["≥", goal.least, value >= goal.least];
  const figure = `${value.toFixed(2)}× (${parts})`;
  return { budget, figure, goal: `${sign} ${limit}×`, isMet, ...(why !== undefined && { why }) };
}

/** A rate that two quiet cores must reach; another machine has another. */
export const atLeast = (budget: string, perSecond: number, goal: number): Measurement => ({
  budget,
  figure: `${perSecond.toFixed(0)} a second`,
  goal: `≥ ${goal} a second`,
  isMet: perSecond >= goal,
});

/** Processor time of one attempt, with its parts; told and not judged where it has no goal. */
export const microseconds = (
  budget: string,
  value: number,
  parts: Readonly<Record<string, number>>,
  goal?: number,
  why?: string,
): Measurement => {
  const told = Object.entries(parts).map(([part, us]) => `${part} ${us.toFixed(0)}`);
  return {
    budget,
    figure: `${value.toFixed(0)} µs${told.length === 0 ? "" : ` (${told.join(", ")})`}`,
    goal: goal === undefined ? "reported" : `≤ ${goal} µs`,
    isMet: goal === undefined || value <= goal,
    ...(why !== undefined && { why }),
  };
};

/** A rate that is told and not judged. */
export const reported = (budget: string, perSecond: number): Measurement => ({
  budget,
  figure: `${perSecond.toFixed(0)} a second`,
  goal: "reported",
  isMet: true,
});
