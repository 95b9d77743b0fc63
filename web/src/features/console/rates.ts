import type { SaleWatch } from "../api/contract.ts";

export const rateNames = [
  "reserved",
  "soldOut",
  "alreadyBought",
  "overLimit",
  "rateLimited",
  "rowsWritten",
] as const;
export type RateName = (typeof rateNames)[number];

/** One point of the chart: seconds since 1970 and a rate per second for each line; null where it is not known. */
export type RatePoint = { readonly atSeconds: number } & Readonly<Record<RateName, number | null>>;

type Counts = Pick<SaleWatch, "serverTime" | "attempts" | "orders">;

const rowsOf = ({ orders: { confirmed, rejected, returned } }: Counts) => confirmed + rejected + returned;

/** How often something has happened since the gate was made, or how many rows there are; null: the gate does not say. */
export const countOf = (seen: Counts, name: RateName): number | null =>
  name === "rowsWritten" ? rowsOf(seen) : (seen.attempts?.[name] ?? null);

/**
 * What happened per second between two looks. A count that fell is of a gate that was made anew: its rate is unknown,
 * and neither zero nor negative. Null when no time passed between the looks.
 */
export function ratesBetween(before: Counts, now: Counts): RatePoint | null {
  const atSeconds = Date.parse(now.serverTime) / 1000;
  const seconds = atSeconds - Date.parse(before.serverTime) / 1000;
  if (!(seconds > 0)) return null;
  const rate = (name: RateName) => {
    const [was, is] = [countOf(before, name), countOf(now, name)];
    return was === null || is === null || is < was ? null : (is - was) / seconds;
  };
  const rates = Object.fromEntries(rateNames.map((name) => [name, rate(name)])) as Record<
    RateName,
    number | null
  >;
  return { atSeconds, ...rates };
}
