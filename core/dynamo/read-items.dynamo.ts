import type { Dynamo } from "./connect.dynamo.ts";
import { ATTEMPTS, chunk, type Item, waitBefore } from "./write-items.dynamo.ts";

/** DynamoDB's limit of one BatchGetItem. */
const BATCH_KEYS = 100;
const CONCURRENT_BATCHES = 8;

export type Key = { readonly pk: string; readonly sk: string };

/**
 * The items of these keys that are there, in the order of the keys, none of which is named twice; strongly consistent.
 *
 * @throws when some stay unread: what was not looked up is not absent.
 */
export async function readItems(client: Dynamo, table: string, keys: readonly Key[]): Promise<Item[]> {
  const batches = chunk(keys, BATCH_KEYS);
  const found = new Map<string, Item>();
  const work = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift())
      for (const item of await readBatch(client, table, batch)) found.set(nameOf(item), item);
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENT_BATCHES, batches.length) }, work));
  return keys.map((key) => found.get(nameOf(key))).filter((item) => item !== undefined);
}

async function readBatch(client: Dynamo, table: string, keys: readonly Item[]): Promise<Item[]> {
  const found: Item[] = [];
  let left = keys;
  for (let attempt = 0; attempt < ATTEMPTS && left.length > 0; attempt++) {
    await waitBefore(attempt);
    const answer = await client.getBatch(table, left);
    found.push(...answer.items);
    left = answer.left;
  }
  if (left.length > 0) throw new Error(`DynamoDB left ${left.length} items of ${table} unread`);
  return found;
}

const nameOf = ({ pk, sk }: Item): string => JSON.stringify([pk, sk]);
