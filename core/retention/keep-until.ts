const DAY_MS = 24 * 60 * 60 * 1000;
/** § 147 (1) no. 4 and (3) AO, § 257 (1) no. 4 and (4) HGB: vouchers are kept for eight years after the end of their year. */
const YEARS = 8;

/**
 * Orders of which nothing has happened since may be deleted, as an instant. The years are those of no particular zone: a day on either
 * side is kept, so that the year has ended wherever the merchant's books are.
 */
export function ordersGoBefore(nowMs: number): number {
  const year = new Date(nowMs - DAY_MS).getUTCFullYear();
  return Date.UTC(year - YEARS, 0, 1) - DAY_MS;
}
