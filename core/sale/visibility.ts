import type { Sale } from "./sale.ts";

/** Whether shoppers may know of a sale: in a list, or by its address. */
const isPublic = ({ visibility }: Pick<Sale, "visibility">): boolean =>
  visibility === "listed" || visibility === "unlisted";

/** Whether a sale was ever published. From then on it has a gate or had one, which a draft never has. */
export const wasPublished = ({ epoch, visibility }: Pick<Sale, "epoch" | "visibility">): boolean =>
  epoch > 0 || isPublic({ visibility });

/** Whether a change makes a draft known to shoppers. */
export const isPublishing = (before: Sale, after: Sale): boolean => !wasPublished(before) && isPublic(after);

/** A setting that stands in the way of a change, and why. */
export type Obstacle = { readonly field: string; readonly message: string };

type Timed = Pick<Sale, "startsAtMs" | "endsAtMs" | "allocated" | "purchaseLimit" | "mode">;

/** Each thing that a sale lacks before shoppers may be told of it; none: it may be published. */
export function missingToPublish(sale: Timed, nowMs: number): Obstacle[] {
  const { mode, allocated, purchaseLimit } = sale;
  const isPast = (instant: string) => Date.parse(instant) <= nowMs;
  const checks: readonly (readonly [isMissing: boolean, field: string, message: string])[] = [
    [sale.startsAtMs <= nowMs, "startsAt", "must be in the future"],
    [sale.endsAtMs !== null && sale.endsAtMs <= nowMs, "endsAt", "must be in the future, or none"],
    [purchaseLimit > allocated, "purchaseLimit", `must be at most ${allocated}, which is all there is`],
    [mode.kind !== "open" && isPast(mode.closesAt), "mode.closesAt", "must be in the future"],
    [mode.kind === "draw" && isPast(mode.resultAt), "mode.resultAt", "must be in the future"],
  ];
  return checks.filter(([isMissing]) => isMissing).map(([, field, message]) => ({ field, message }));
}

const AGAIN_A_DRAFT = "a sale that was published is never a draft again";
const NOT_CLOSED =
  "only a sale that is over can be retired; one that has just ended is closed within a minute";

const RETIRED_ALONE = "a sale is retired by itself: ask for its other changes before";

type Refused = { readonly why: string; readonly obstacles: readonly Obstacle[] };

const because = (why: string): Refused => ({ why, obstacles: [] });

/** Why who sees a sale must stay as it is; null: it may change. `after` has its new settings. */
export function whyVisibilityStays(before: Sale, after: Sale, nowMs: number): Refused | null {
  const [from, to] = [before.visibility, after.visibility];
  if (from === to) return null;
  if (to === "draft") return wasPublished(before) ? because(AGAIN_A_DRAFT) : null;
  if (to === "retired") return from === "draft" || before.closedAtMs !== null ? null : because(NOT_CLOSED);
  if (wasPublished(before)) return null;
  const obstacles = missingToPublish(after, nowMs);
  if (obstacles.length === 0) return null;
  const why = obstacles.map(({ field, message }) => `${field} ${message}`).join("; ");
  return { why: `the sale cannot be published yet: ${why}`, obstacles };
}

/** Why a sale takes no other change than who sees it; null: it does. */
export function whySettingsStay(before: Sale, after: Sale): string | null {
  if (before.visibility !== "retired" && after.visibility === "retired" && wasPublished(before))
    return RETIRED_ALONE;
  if (before.visibility === "retired" && after.visibility === "retired")
    return "the sale is retired: bring it back first";
  const isDraft = !wasPublished(before);
  return isDraft && before.state !== after.state ? "the sale is a draft: publish it first" : null;
}
