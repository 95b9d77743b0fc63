import { databaseClient } from "../../core/clients/database.ts";
import type { Config } from "../../core/config.ts";
import type { OrderId } from "../../core/ids.ts";
import type { StaffDependencies, WishOutcome } from "../../core/wishes/wish-by-staff.ts";
import { type Answer, refuse } from "../answer/answer.ts";
import { withdrawDependencies, withdrawVariables } from "./withdrawal.ts";

/** What a function reads that takes a wish of staff. */
export const wishVariables = ["DATABASE_URL", ...withdrawVariables] as const;

export async function staffDependencies(
  config: Config<(typeof wishVariables)[number]>,
): Promise<StaffDependencies> {
  const [db, deps] = await Promise.all([databaseClient(config), withdrawDependencies(config)]);
  return { db, ...deps };
}

export function answerWish(outcome: WishOutcome, orderId: OrderId): Answer {
  switch (outcome.kind) {
    case "wished":
      return { status: 202, body: { wishId: outcome.wishId, orderId } };
    case "beyond_quantity":
      return refuse("invalid_request", {
        errors: [{ field: "units", message: `must be at most ${outcome.quantity}, all units of the order` }],
      });
    case "held_as_a_whole":
      return refuse("invalid_request", {
        errors: [
          {
            field: "units",
            message: `must be ${outcome.quantity}, all units: the order is not paid for yet`,
          },
          { field: "isWithheld", message: "must be false: units of an unpaid order go back on sale" },
        ],
      });
    case "not_found":
      return refuse("not_found", {
        detail:
          "This sale has no such order; name its buyerId too if the order is held, or of the last moments",
      });
    case "key_reused":
      return refuse("key_reused");
    default:
      return outcome satisfies never;
  }
}
