import type { Config } from "../config.ts";
import type { StaffRolls } from "../identity/staff-roll.dynamo.ts";
import { once } from "../opened.ts";

/** Who works here, of the table of buyers. */
export const staffRollsClient = (
  config: Config<"IDENTITY_TABLE" | "DYNAMODB_ENDPOINT">,
): Promise<StaffRolls> =>
  once("staff rolls", async () => {
    const [{ openDynamo }, { createStaffRolls }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../identity/staff-roll.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    const client = createStaffRolls(dynamo, config.IDENTITY_TABLE);
    return { client, close: async () => dynamo.close() };
  });
