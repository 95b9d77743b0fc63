const SECOND_MS = 1000;
const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;
const DAY_S = 24 * HOUR_S;

export type CountdownParts = { days: number; hours: number; minutes: number; seconds: number };

/** Rounds up, so that it reads zero only once the time has come. */
export function countdownParts(remainingMs: number): CountdownParts {
  const total = Math.max(0, Math.ceil(remainingMs / SECOND_MS));
  return {
    days: Math.floor(total / DAY_S),
    hours: Math.floor((total % DAY_S) / HOUR_S),
    minutes: Math.floor((total % HOUR_S) / MINUTE_S),
    seconds: total % MINUTE_S,
  };
}

const twoDigits = (value: number): string => String(value).padStart(2, "0");

/** Less than a day as a clock shows it: "01:02:03"; null: it is longer. */
export function clockText(remainingMs: number): string | null {
  const { days, hours, minutes, seconds } = countdownParts(remainingMs);
  return days > 0 ? null : [hours, minutes, seconds].map(twoDigits).join(":");
}

/** How long until `countdownParts` reads differently; for a remaining time above zero. */
export const untilNextSecondMs = (remainingMs: number): number => remainingMs % SECOND_MS || SECOND_MS;

export const milestones = [600, 60, 10] as const;
export type MilestoneSeconds = (typeof milestones)[number];

/** The milestone passed between two looks, the nearest to the opening if several; the timer is silent otherwise. */
export function milestonePassed(beforeMs: number, nowMs: number): MilestoneSeconds | null {
  const passed = milestones.filter((seconds) => {
    const at = seconds * SECOND_MS;
    return beforeMs > at && nowMs <= at && nowMs > 0;
  });
  return passed.at(-1) ?? null;
}
