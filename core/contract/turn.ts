import * as v from "valibot";
import { count, instant } from "./sale.ts";

// Apart from the rest of the line: a purchase that is refused says no more of it.

export const waitReasons = ["pace", "paused", "full", "stock", "opening"] as const;
export type WaitReason = (typeof waitReasons)[number];

/**
 * How long it may be until a turn: a range, and what it depends on most. Null: nobody can say at present. Of a draw that has no winners
 * yet both ends are its opening, when it is decided who wins.
 */
export const waitEstimate = v.object({
  /** Entries between the line and this one; about, since lots are spread evenly and not counted one by one. */
  ahead: count,
  from: v.nullable(instant),
  to: v.nullable(instant),
  why: v.picklist(waitReasons),
});

/** Why it is not this buyer's turn. */
export const turnReasons = [
  "no_ticket",
  "forged_ticket",
  /** Its entry was left before the list closed. */
  "left",
  "other_sale",
  "other_buyer",
  "not_drawn",
  "not_reached",
  "passed_over",
  "lapsed",
] as const;
export type TurnReason = (typeof turnReasons)[number];
