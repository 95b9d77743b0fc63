import type { Dynamo } from "./connect.dynamo.ts";
import type { Item } from "./write-items.dynamo.ts";

/** Puts an item unless its key is taken. @throws what the client throws; the item may have been put all the same. */
export async function putOnce(client: Dynamo, table: string, item: Item): Promise<"written" | "present"> {
  try {
    const condition = "attribute_not_exists(pk)";
    await client.put({ TableName: table, Item: item, ConditionExpression: condition });
    return "written";
  } catch (error) {
    if (isConditionFailure(error)) return "present";
    throw error;
  }
}

/** Whether DynamoDB refused a write because its condition did not hold. */
export const isConditionFailure = (error: unknown): boolean =>
  error instanceof Error && error.name === "ConditionalCheckFailedException";
