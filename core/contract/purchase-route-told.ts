import { purchaseAnswer } from "./purchase-answer.ts";
import * as checked from "./purchase-route.ts";
import type { Route } from "./route.ts";

/**
 * The purchase's route with what the document says of it. Apart from routes.ts: an object that is spread is kept by the bundler
 * wherever its file is imported, used or not, and there it would keep every other route along.
 */
export const purchaseRoute = {
  ...checked.purchaseRoute,
  summary: "Buy units of a sale; final once answered 202",
  answers: { 202: purchaseAnswer, 200: purchaseAnswer },
} as const satisfies Route;
