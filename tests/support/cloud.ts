import { afterAll } from "vitest";
import type { CloudOptions } from "../../local/cloud-options.ts";
import { type Cloud, startCloud } from "../../local/cloud.ts";
import { type TestStores, testStores } from "./stores.ts";

/** Long enough that a burst becomes one batch, short enough not to be waited for. */
const BATCH_WINDOW_MS = 20;

/**
 * Starts a cloud for one test file: API, order trigger and mailbox over stores of its own, functions in this process. It is
 * stopped at the file's end, and what it left open fails the file. Call it once per file.
 */
export async function testCloud(options: CloudOptions = {}): Promise<Cloud & TestStores> {
  const stores = await testStores();
  const trigger =
    options.trigger === false ? (false as const) : { batchWindowMs: BATCH_WINDOW_MS, ...options.trigger };
  const cloud = await startCloud({ ...options, external: stores, prefix: stores.prefix, trigger });
  afterAll(() => cloud.stop());
  return { ...stores, ...cloud };
}
