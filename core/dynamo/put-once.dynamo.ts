import { type DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Item } from "./write-items.dynamo.ts";

/** Puts an item unless its key is taken. @throws what the client throws; the item may have been put all the same. */
export async function putOnce(
  client: DynamoDBDocumentClient,
  table: string,
  item: Item,
): Promise<"written" | "present"> {
  try {
    const condition = "attribute_not_exists(pk)";
    await client.send(new PutCommand({ TableName: table, Item: item, ConditionExpression: condition }));
    return "written";
  } catch (error) {
    if (isConditionFailure(error)) return "present";
    throw error;
  }
}

/** Whether DynamoDB refused a write because its condition did not hold. */
export const isConditionFailure = (error: unknown): boolean =>
  error instanceof Error && error.name === "ConditionalCheckFailedException";
