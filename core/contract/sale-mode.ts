import * as v from "valibot";
import { instant } from "./instant.ts";

export { wrongModeFields } from "./wrong-mode.ts";

/** The modes in which people stand in line. `returns`: that of an open sale, for units that come back once all were taken. */
export const lineModes = ["waiting_room", "draw", "returns"] as const;
export type LineMode = (typeof lineModes)[number];

const whole = (least: number, most: number) =>
  v.pipe(
    v.number("must be a whole number"),
    v.integer("must be a whole number"),
    v.minValue(least, `must be at least ${least}`),
    v.maxValue(most, `must be at most ${most}`),
  );

/** For how long a turn is shown; the gate waits five seconds more. */
const turnSeconds = (most: number) => whole(30, most);
const DAY_SECONDS = 24 * 60 * 60;

/** Whoever comes first by the gate's clock. */
const open = v.strictObject({
  kind: v.literal("open"),
  /** Since then somebody waits for units that come back, and the next turns get them. The sale says so; nobody asks for it. */
  returnsSince: v.optional(instant),
});

/** A line whose order nobody can choose. A turn is a chance to buy while units last. */
const waitingRoom = v.strictObject({
  kind: v.literal("waiting_room"),
  /** List 0 takes everybody until then: two minutes or more before the opening. */
  closesAt: instant,
  /** After list 0, a list closes so often if anybody joined it. */
  listSeconds: v.optional(whole(10, 600), 30),
  turnSeconds: v.optional(turnSeconds(DAY_SECONDS), 300),
  admissionsPerSecond: whole(1, 100_000),
  mostInside: whole(1, 10_000_000),
});

/** The same line with list 0 alone. A win is a promise. */
const draw = v.strictObject({
  kind: v.literal("draw"),
  closesAt: instant,
  /** The first round of the beacon from then on decides. */
  resultAt: instant,
  turnSeconds: v.optional(turnSeconds(14 * DAY_SECONDS), DAY_SECONDS),
});

/** How a sale lets people in. Chosen until the first person has joined. */
export const saleMode = v.variant(
  "kind",
  [open, waitingRoom, draw],
  "kind must be open, waiting_room or draw",
);
export type SaleMode = v.InferOutput<typeof saleMode>;

/** The line in which people stand for a sale; null: it has none, at least so far. */
export function lineModeOf(mode: SaleMode): LineMode | null {
  if (mode.kind !== "open") return mode.kind;
  return mode.returnsSince === undefined ? null : "returns";
}
