// One of the processes that serve the API on one port. It ends when it is told to, or when the one that started it is gone.
import { startApiGateway } from "../api-gateway/api-gateway.ts";
import type { Concurrency } from "../api-gateway/concurrency.ts";
import { productRoutes } from "../api-gateway/product-routes.ts";
import { warmPurchase } from "../lambda/warm-functions.ts";
import { inProcessRunner } from "../runner/in-process-runner.ts";
import { makeLogsReadable } from "../start/readable-logs.ts";

export type WorkerSettings = {
  readonly port: number;
  readonly host: string | undefined;
  readonly concurrency: Concurrency | undefined;
  readonly hasReadableLogs: boolean;
};
export type Started = { readonly url: string } | { readonly failure: string };

// Ctrl-C reaches every process of a terminal; this one stops when the one that started it says so, after the rest.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

const tell = (started: Started) => process.send?.(started);
const settings = JSON.parse(process.argv[2] ?? "") as WorkerSettings;
if (settings.hasReadableLogs) makeLogsReadable();
const runner = inProcessRunner({});
try {
  await warmPurchase();
  const api = await startApiGateway({
    ...settings,
    runner,
    routes: productRoutes(),
    onFunctionError: (error) => console.error(error),
  });
  process.on("message", (message) => {
    if (message === "stop") void Promise.allSettled([api.stop(), runner.stop()]).then(() => process.exit(0));
  });
  tell({ url: api.url });
} catch (error) {
  tell({ failure: error instanceof Error ? error.message : String(error) });
}
