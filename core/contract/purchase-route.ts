import { purchaseRequest } from "./purchase.ts";
import type { RouteChecks } from "./route.ts";

/**
 * What the purchase's function checks. Apart from purchase-route-told.ts, which adds what the document says of its answers, and from
 * routes.ts: the function of the hot path loads neither those nor all other routes.
 */
export const purchaseRoute = {
  route: "POST /api/sale/purchase",
  role: "shopper",
  body: purchaseRequest,
  idempotencyKey: "required",
  refusals: [
    "sold_out",
    "ended",
    "not_open",
    "not_eligible",
    "not_your_turn",
    "paused",
    "lost",
    "recovering",
    "outcome_unknown",
    "rate_limited",
    "conflict",
    "key_reused",
    "not_found",
  ],
} as const satisfies RouteChecks;
