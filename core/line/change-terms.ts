import type { Sale } from "../sale/sale.ts";
import type { LineFacts } from "./change-mode.ts";

type Terms = Pick<Sale, "mode" | "startsAtMs" | "purchaseLimit">;

/**
 * Why the start of a sale with a line, or its purchase limit, cannot become another one by now; null: it can.
 *
 * An entry asks for as many units as the limit was, and its leaf says so: under a lower one its turn would be in vain. Once list 0 has
 * closed the log says for ever when turns begin at the earliest; a later start breaks nothing, until somebody was told of a turn.
 */
export function whyTermsStay(before: Terms, after: Terms, { hasJoined, state }: LineFacts): string | null {
  // What waits for the returns of an open sale has asked for one unit each, and its sale has begun.
  if (before.mode.kind === "open") return null;
  const isLower = after.purchaseLimit < before.purchaseLimit;
  if (isLower && (hasJoined || state.lines > 0))
    return "people have joined the line for up to this many units: purchaseLimit can be raised, and no longer be lowered";
  return after.startsAtMs === before.startsAtMs ? null : whyStartStays(after, state);
}

function whyStartStays({ startsAtMs }: Terms, { rules, lists, steps }: LineFacts["state"]): string | null {
  if (!rules || lists.length === 0) return null;
  if (steps.length > 0)
    return "the first turns have been given: startsAt can no longer be moved; pause the sale instead";
  const earliest = new Date(rules.startsAtMs).toISOString();
  return startsAtMs < rules.startsAtMs
    ? `list 0 has closed, and its log says that no turn begins before ${earliest}: startsAt cannot be earlier than that`
    : null;
}
