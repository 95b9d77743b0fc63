import { startApiGateway } from "./api-gateway/api-gateway.ts";
import { productRoutes } from "./api-gateway/product-routes.ts";
import { startApiWorkers } from "./api-workers/api-workers.ts";
import type { CloudOptions } from "./cloud-options.ts";
import type { HttpServer } from "./http-server.ts";
import type { Runner } from "./runner/runner.ts";

type Parts = {
  /** Runs the functions where the API is in this process. */
  readonly runner: Runner;
  /** Of the functions, where it is in others. */
  readonly environment: Readonly<Record<string, string>>;
  readonly onError: (error: unknown) => void;
};

export type Api = HttpServer & {
  /** Of the processes that serve it, this one apart. */
  readonly pids: readonly number[];
  /** Resolves if one of them ends by itself. */
  readonly crashed: Promise<Error>;
};

/** Serves the product's API, in this process or in as many as the options say. */
export async function startApi(options: CloudOptions, { runner, environment, onError }: Parts): Promise<Api> {
  const { apiWorkers: count = 0, apiPort: port = 0, host, concurrency, hasReadableLogs = false } = options;
  if (count) return startApiWorkers({ count, port, host, concurrency, hasReadableLogs, environment });
  const routes = productRoutes();
  const server = await startApiGateway({
    port,
    host,
    concurrency,
    runner,
    routes,
    originSecret: environment["ORIGIN_SECRET"],
    onFunctionError: onError,
  });
  return { ...server, pids: [], crashed: new Promise(() => {}) };
}
