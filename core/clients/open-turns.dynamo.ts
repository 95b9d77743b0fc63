import { systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { openDynamo } from "../dynamo/connect.dynamo.ts";
import type { SessionSigner } from "../identity/session.ts";
import { createEntryReader } from "../line/entries.dynamo.ts";
import { createLineFiles } from "../line/line-files.dynamo.ts";
import { createLineLogs } from "../line/line-log.dynamo.ts";
import { createLineMemory } from "../line/line-memory.ts";
import { createTurns } from "../line/turns.ts";

/** As much of the table of the lines as a purchase in a turn needs. One file for the reason that open-ledger.dynamo.ts gives. */
export function openTurns(config: Config<"LINE_TABLE" | "DYNAMODB_ENDPOINT">, signer: SessionSigner) {
  const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
  const table = config.LINE_TABLE;
  const client = createTurns({
    signer,
    lines: createLineMemory(createLineLogs(dynamo, table).read, systemClock),
    entries: createEntryReader(dynamo, table),
    files: createLineFiles(dynamo, table),
    nowMs: systemClock.nowMs,
  });
  return { client, close: async () => dynamo.close() };
}
