import * as v from "valibot";
import { auditActions } from "../contract/audit.ts";
import { roles } from "../contract/roles.ts";
import { buyerId } from "../contract/ids.ts";
import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { isConditionFailure } from "../dynamo/put-once.dynamo.ts";
import { emptyRoll, type StaffRoll } from "./staff-roll.ts";

const key = { pk: "staff" };

const values = v.record(v.string(), v.nullable(v.union([v.string(), v.number(), v.boolean()])));
const rollItem = v.object({
  version: v.number(),
  people: v.array(
    v.object({ email: v.string(), role: v.picklist(["viewer", "operator", "admin"]), sinceMs: v.number() }),
  ),
  unwritten: v.array(
    v.object({
      actId: v.string(),
      actor: v.object({ buyerId, role: v.picklist(roles), requestId: v.string() }),
      action: v.picklist(auditActions),
      before: values,
      after: values,
      atMs: v.number(),
    }),
  ),
});

export type StaffRolls = ReturnType<typeof createStaffRolls>;

/** The one record of who works here, beside the buyers. Read strongly consistent: what was taken away is gone at once. */
export function createStaffRolls(client: Dynamo, table: string) {
  return {
    async read(): Promise<StaffRoll> {
      const { Item } = await client.get({ TableName: table, Key: key, ConsistentRead: true });
      return Item ? v.parse(rollItem, Item) : emptyRoll;
    },

    /** False: another change came first. @throws what the client throws; it may have been written all the same. */
    async swap(next: StaffRoll): Promise<boolean> {
      try {
        await client.put({
          TableName: table,
          Item: { ...key, ...next },
          ConditionExpression: "attribute_not_exists(pk) or version = :before",
          ExpressionAttributeValues: { ":before": next.version - 1 },
        });
        return true;
      } catch (error) {
        if (isConditionFailure(error)) return false;
        throw error;
      }
    },
  };
}
