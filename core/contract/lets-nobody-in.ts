type Pace = { readonly admissionsPerSecond: number; readonly mostInside: number };

/** Whether a line lets nobody in by its own numbers: to those who wait it is paused. A draw goes by neither of them. */
export const letsNobodyIn = ({ admissionsPerSecond, mostInside }: Pace): boolean =>
  admissionsPerSecond === 0 || mostInside === 0;
