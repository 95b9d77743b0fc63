import { refuse } from "./answer.ts";

/** A sale that opens within minutes, or has begun, is not reminded of. */
export const refuseReminder = () =>
  refuse(
    "conflict",
    { detail: "The sale opens too soon to be reminded of, or has begun" },
    "too_late_to_remind",
  );

/** Nothing is waited for in line. */
export const refuseNoLine = () =>
  refuse(
    "conflict",
    { detail: "Nobody waits in line for this sale now: whoever comes first buys" },
    "no_line_now",
  );

/** Within seconds it is known who stands in a list that has just closed; only then can anybody leave it. */
export const refuseUnread = () => refuse("unavailable", { retryAfterSeconds: 5 });

/** A sale without a list takes no codes. */
export const refuseNoList = () =>
  refuse("conflict", { detail: "Everybody may come to this sale" }, "everybody_may_come");
