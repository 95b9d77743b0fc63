import type { Dynamo } from "./connect.dynamo.ts";

export type Item = Record<string, unknown>;

/** DynamoDB's limit of one BatchWriteItem. */
const BATCH_ITEMS = 25;
const CONCURRENT_BATCHES = 8;
export const ATTEMPTS = 5;
const FIRST_WAIT_MS = 50;

/** Puts items, each over whatever had its key; safe to repeat. @throws when some stay unwritten. */
export async function writeItems(client: Dynamo, table: string, items: readonly Item[]): Promise<void> {
  const batches = chunk(items, BATCH_ITEMS);
  // None waits for the slowest of those beside it.
  const work = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) await writeBatch(client, table, batch);
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENT_BATCHES, batches.length) }, work));
}

async function writeBatch(client: Dynamo, table: string, items: readonly Item[]): Promise<void> {
  let left = items;
  for (let attempt = 0; attempt < ATTEMPTS && left.length > 0; attempt++) {
    await waitBefore(attempt);
    left = await client.putBatch(table, left);
  }
  if (left.length > 0) throw new Error(`the ledger left ${left.length} items unwritten`);
}

/** Before a batch's items that DynamoDB left are sent again; before the first attempt not at all. */
export async function waitBefore(attempt: number): Promise<void> {
  if (attempt > 0) await new Promise((resume) => setTimeout(resume, FIRST_WAIT_MS * 2 ** attempt));
}

export function chunk<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let i = 0; i < items.length; i += size) chunks.push(items.slice(i, i + size));
  return chunks;
}
