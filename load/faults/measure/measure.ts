import { join } from "node:path";
import { startFaultCloud } from "../fault-cloud.ts";
import { measureRebuild } from "./measure-rebuild.ts";
import { measureRelay } from "./measure-relay.ts";

const RELAY_LIMIT_MS = 5_000;
const REBUILD_LIMIT_MS = 1_000;

export type Measured = { readonly name: string; readonly ms: number; readonly limitMs: number };

/** The times of healing that the design promises, on a cloud of their own. */
export async function measure(historyFolder: string): Promise<Measured[]> {
  const cloud = await startFaultCloud(join(historyFolder, "workers-measure.log"));
  try {
    const relayMs = await measureRelay(cloud);
    const settled = await measureRebuild(cloud, true);
    const unsettled = await measureRebuild(cloud, false);
    return [
      { name: "a killed purchase becomes an order", ms: relayMs, limitMs: RELAY_LIMIT_MS },
      { name: "rebuild of 10,000 settled", ms: settled.rebuildMs, limitMs: REBUILD_LIMIT_MS },
      { name: "rebuild of 10,000 unsettled", ms: unsettled.rebuildMs, limitMs: REBUILD_LIMIT_MS },
    ];
  } finally {
    await cloud.stop();
  }
}
