import * as v from "valibot";

/** Date moves 31 February into March, and reads no zone of hours alone, which the shape of ISO 8601 both allows. */
const isInCalendar = (text: string) =>
  !Number.isNaN(Date.parse(text)) &&
  new Date(`${text.slice(0, 10)}T00:00:00.000Z`).getUTCDate() === Number(text.slice(8, 10));

/** ISO 8601 in UTC with milliseconds, as every time in the API. */
export const instant = v.pipe(
  v.string(),
  v.isoTimestamp("must be an ISO 8601 time such as 2026-11-27T09:00:00.000Z"),
  v.check(isInCalendar, "must be a time that is in the calendar"),
);
