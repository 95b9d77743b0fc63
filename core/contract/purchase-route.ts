import { purchaseAnswer, purchaseRequest } from "./purchase.ts";
import type { Route } from "./route.ts";

/** The purchase's route. Apart from routes.ts, so that the function of the hot path does not load all the others. */
export const purchaseRoute = {
  route: "POST /api/sale/purchase",
  summary: "Buy units of a sale; final once answered 202",
  role: "shopper",
  body: purchaseRequest,
  idempotencyKey: "required",
  answers: { 202: purchaseAnswer, 200: purchaseAnswer },
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
} as const satisfies Route;
