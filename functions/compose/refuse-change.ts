import type { UpdateOutcome } from "../../core/administration/update-sale.ts";
import { type Refusal, refuse } from "../answer/answer.ts";

/** Why a change of a sale is not to be called done; null: it is. */
export function refuseChange(outcome: UpdateOutcome): Refusal | null {
  switch (outcome.kind) {
    case "changed":
      // It is recorded and holds soon, but units may be sold as before until then: that is not to be called done.
      return outcome.isInForce
        ? null
        : refuse("unavailable", { detail: "Recorded, and in force within seconds", retryAfterSeconds: 2 });
    case "conflict":
      return refuse("conflict", {
        detail: outcome.why,
        ...(outcome.obstacles?.length && { errors: [...outcome.obstacles] }),
      });
    case "not_found":
      return refuse("not_found", { detail: "There is no such sale" });
    case "recovering":
      return refuse("recovering", { retryAfterSeconds: 2 });
    default:
      return outcome satisfies never;
  }
}
