import type { Dynamo } from "./connect.dynamo.ts";
import type { Item } from "./write-items.dynamo.ts";

/** All items of a partition whose sort key begins so; strongly consistent, however many pages. */
export async function queryItems(client: Dynamo, table: string, pk: string, prefix = ""): Promise<Item[]> {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await client.query({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: prefix === "" ? "pk = :pk" : "pk = :pk and begins_with(sk, :prefix)",
      ExpressionAttributeValues: prefix === "" ? { ":pk": pk } : { ":pk": pk, ":prefix": prefix },
      ...(start && { ExclusiveStartKey: start }),
    });
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}
