import { lineClients } from "../../core/clients/line.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { createLineMemory, type LineMemory } from "../../core/line/line-memory.ts";

const config = loadConfig(["LINE_TABLE", "DYNAMODB_ENDPOINT"]);

export const lineStores = () => lineClients(config);

let memory: LineMemory | undefined;
/** What this instance knows of the lines, a second old at most. */
export async function lines(): Promise<LineMemory> {
  const { logs } = await lineStores();
  memory ??= createLineMemory(logs.read, systemClock);
  return memory;
}
