import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createSale } from "../../load/create-sale.ts";
import { runningCloud } from "../../load/running-cloud.ts";
import { startCloud } from "../../local/cloud.ts";
import { publishAddresses, withdrawAddresses } from "../../local/published-addresses.ts";
import type { testStores } from "./stores.ts";

/** A cloud as `npm start` publishes it, with a sale, whose API crashes when told and comes back on another port over the same stores. */
export async function restartedApi(stores: Awaited<ReturnType<typeof testStores>>, units: number) {
  const start = () =>
    startCloud({
      external: stores,
      prefix: stores.prefix,
      apiWorkers: 1,
      trigger: { batchWindowMs: 20 },
      schedules: ["guardian"],
    });
  const folder = mkdtempSync(join(tmpdir(), "restarted-api-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const first = await start();
  publishAddresses(folder, first);
  return {
    /** Where the cloud publishes where it is. */
    folder,
    apiUrl: first.apiUrl,
    cloud: await runningCloud(first.apiUrl, folder),
    saleId: await createSale(first.apiUrl, { name: "Restarted", allocated: units }),
    crash: async (): Promise<void> => {
      process.kill(first.apiPids[0] ?? NaN, "SIGKILL");
      await first.crashed;
      await first.stop();
      withdrawAddresses(folder);
    },
    /** Answers where the API is from now on. */
    comeBack: async (): Promise<string> => {
      const again = await start();
      onTestFinished(() => again.stop());
      publishAddresses(folder, again);
      return again.apiUrl;
    },
  };
}
