import { lineClients } from "../../core/clients/line.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import type { SaleId } from "../../core/ids.ts";
import { entriesWaiting } from "../../core/line/entries-waiting.ts";
import { createLineMemory, type LineMemory } from "../../core/line/line-memory.ts";
import type { StatusDependencies } from "../../core/watch/read-status.ts";
import { listing } from "./listing.ts";

const config = loadConfig(["LINE_TABLE", "DYNAMODB_ENDPOINT"]);

let lines: LineMemory | undefined;

async function entriesOf(saleId: SaleId): Promise<number | null> {
  const { logs } = await lineClients(config);
  lines ??= createLineMemory(logs.read, systemClock);
  return entriesWaiting((await lines.lineOf(saleId)).state);
}

/** What a sale's status is read from. The table of lines is asked for a sale that has one alone. */
export const statusDependencies = async (): Promise<StatusDependencies> => ({
  ...(await listing()),
  entriesOf,
});
