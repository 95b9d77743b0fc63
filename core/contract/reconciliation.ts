import * as v from "valibot";
import { orderId } from "./ids.ts";
import { revenue } from "./revenue.ts";
import { count } from "./sale.ts";

export const reportQuery = v.strictObject({
  format: v.optional(v.picklist(["json", "csv"], "must be json or csv"), "json"),
});

/** The stores of one sale compared, just now. */
export const reconciliationReport = v.object({
  identities: v.array(
    v.object({ name: v.string(), left: v.number(), right: v.number(), holds: v.boolean() }),
  ),
  differences: v.array(
    v.object({
      orderId,
      quantity: count,
      kind: v.picklist([
        "gate_only",
        "missing_in_gate",
        "order_without_entry",
        "without_order",
        "undecided",
        "not_given_back",
      ]),
      requestId: v.nullable(v.string()),
    }),
  ),
  driftUnits: count,
  inFlight: count,
  /**
   * Held and not paid for, placed and their money not taken yet, or their money due back and not given yet. Reports from before
   * there were holds have none.
   */
  unpaid: v.optional(count, 0),
  /** What was taken and given back, in the currency's smallest unit; absent: nothing was taken, or it was not compared. */
  money: v.optional(
    v.object({
      capturedMinor: count,
      refundedMinor: count,
      dueMinor: count,
      /** Could not be given back: somebody must see to it. */
      failedMinor: count,
      /** Of what was given back, at the provider's own console. */
      outsideMinor: count,
    }),
  ),
  undecided: count,
  rejected: count,
  deadLetters: count,
  /** Null for roles that may not see it. */
  revenue: v.nullable(revenue),
});
export type ReconciliationReport = v.InferOutput<typeof reconciliationReport>;
