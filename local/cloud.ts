import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { migrate } from "../core/postgres/migrate.ts";
import { httpFunction } from "../core/topology.ts";
import { allSettled } from "./all-settled.ts";
import { type Beacon, startBeacon } from "./beacon/beacon.ts";
import { startCdn } from "./cdn/cdn.ts";
import type { CloudOptions } from "./cloud-options.ts";
import { functionEnvironment } from "./environment.ts";
import { functionsUrl } from "./functions-url.ts";
import { LocalError } from "./local-error.ts";
import {
  type ProvisionedConcurrency,
  startProvisionedConcurrency,
} from "./lambda/provisioned-concurrency.ts";
import { startMailbox } from "./mailbox/mailbox.ts";
import { type LocalPaymentProvider, startPaymentProvider } from "./payment/payment-provider.ts";
import { type Resources, createResources } from "./resources.ts";
import { inProcessRunner } from "./runner/in-process-runner.ts";
import type { Runner } from "./runner/runner.ts";
import { type WorkerRunner, workerRunner } from "./runner/worker-runner.ts";
import { chosenSchedules, startSchedule } from "./schedule.ts";
import { ensureDatabase } from "./stores/ensure-database.ts";
import { startApi } from "./start-api.ts";
import { stopList } from "./stop-list.ts";
import type { RedisStore } from "./stores/redis.ts";
import { type Stores, startStores } from "./stores/start-stores.ts";
import { startTriggers } from "./triggers.ts";

export type Cloud = Resources & {
  readonly apiUrl: string;
  readonly siteUrl: string;
  /** The page; `${mailboxUrl}/api?to=<address>` answers JSON, newest mail first. */
  readonly mailboxUrl: string;
  readonly redisUrl: string;
  /** Present if the gate's Redis is a cluster; see RedisStore. */
  readonly redisCluster: RedisStore["cluster"];
  readonly databaseUrl: string;
  readonly sqsEndpoint: string;
  readonly dynamoEndpoint: string;
  /** Of the processes that serve the API, if it is not this one. */
  readonly apiPids: readonly number[];
  readonly mailUrl: string;
  readonly lambdaUrl: string;
  readonly stores: Stores;
  readonly runner: Runner;
  /** The runner if functions run in workers, to kill and freeze them. */
  readonly workers: WorkerRunner | undefined;
  /** The stand-in for the public beacon: a rehearsal's, whose rounds may be delayed. */
  readonly beacon: Beacon;
  readonly rehearsal: string;
  /** The stand-in for the payment provider: its books, and its switches. */
  readonly payments: LocalPaymentProvider;
  readonly paymentUrl: string;
  /** What the warming of functions has asked Lambda's stand-in for. */
  readonly provisioned: ProvisionedConcurrency;
  /** Resolves if a store dies; the caller then stops the rest. */
  readonly crashed: Promise<Error>;
  stop(): Promise<void>;
};

const DATABASE = "flash_sale";
/** An address where nobody answers. */
const NOBODY = "http://127.0.0.1:1";

/** Starts the local cloud, whole. If a part fails to start, all that was started is stopped before the error is thrown. */
export async function startCloud(options: CloudOptions = {}): Promise<Cloud> {
  const {
    external = {},
    hasCluster,
    onProgress = () => {},
    onError = (error: unknown) => console.error(error),
  } = options;
  const { started, stop } = stopList();
  try {
    const dataDir = options.dataDir ? resolve(options.dataDir) : mkdtempSync(join(tmpdir(), "flash-sale-"));
    if (!options.dataDir) started({ stop: async () => rmSync(dataDir, { recursive: true, force: true }) });
    const isDurable = options.dataDir !== undefined;
    const stores = started(
      await startStores({ dataDir, external, hasCluster, isDurable, onReady: onProgress }),
    );
    const [sqsEndpoint, dynamoEndpoint, redisUrl] = [stores.sqs.url, stores.dynamo.url, stores.redis.url];
    const at = { sqsEndpoint, dynamoEndpoint, prefix: options.prefix ?? "flash-sale-" };
    // Before the functions, which are told its address; until they are there, it says that nobody answers.
    let apiUrl = NOBODY;
    let pageUrl: string | null = null;
    const [resources, databaseUrl, mailbox, provisioned, beacon, payments] = await allSettled([
      createResources({ ...at, visibilityTimeoutSeconds: options.visibilityTimeoutSeconds }),
      prepareDatabase(stores.postgres.url, external.databaseUrl !== undefined),
      startMailbox(0).then(started),
      startProvisionedConcurrency().then(started),
      startBeacon(join(dataDir, "beacon", "key.json")).then(started),
      startPaymentProvider({
        ...(isDurable && { file: join(dataDir, "payments", "books.jsonl") }),
        siteUrl: () => pageUrl,
        webhookUrl: () => (apiUrl === NOBODY ? null : `${apiUrl}/api/payment/webhook`),
      }).then(started),
    ]);
    onProgress("Queues, tables and schema");

    const { siteDir, sitePort: port = 0, host } = options;
    const site = siteDir
      ? started(
          await startCdn({
            port,
            host,
            siteDir,
            apiUrl: () => apiUrl,
            mailUrl: mailbox.url,
            paymentUrl: payments.url,
          }),
        )
      : undefined;
    pageUrl = site?.url ?? null;
    const siteUrl = site?.url ?? NOBODY;
    const ours = {
      mailUrl: mailbox.url,
      lambdaUrl: provisioned.url,
      paymentUrl: payments.url,
      siteUrl,
      rehearsal: beacon.rehearsal,
    };
    const redisCluster = stores.redis.cluster;
    const urls = { redisUrl, redisCluster, databaseUrl, sqsEndpoint, dynamoEndpoint, ...ours };
    const environment = { ...functionEnvironment(resources, urls), ...options.environment };
    const workers = options.runner === "workers" ? startWorkers(options, environment) : undefined;
    const runner = started(workers ?? inProcessRunner(environment));
    provisioned.invokeWith((event) => runner.invoke(httpFunction("purchase"), event).catch(onError));
    const api = started(await startApi(options, { runner, environment, onError }));
    apiUrl = api.url;
    const loops = [
      ...startTriggers(options, { endpoint: sqsEndpoint, environment, runner, onError }),
      ...chosenSchedules(options.schedules ?? []).map((schedule) => startSchedule(runner, schedule, onError)),
    ];
    // At once: each ends its own run first, which takes a second or two.
    started({ stop: async () => void (await allSettled(loops.map((loop) => loop.stop()))) });
    onProgress("API and order consumer");
    const crashed = Promise.race([stores.crashed, api.crashed]);
    const addresses = {
      apiUrl,
      siteUrl: site?.url ?? apiUrl,
      mailboxUrl: `${mailbox.url}/mailbox`,
      beacon,
      payments,
    };
    return {
      ...resources,
      ...urls,
      ...addresses,
      apiPids: api.pids,
      stores,
      runner,
      workers,
      provisioned,
      crashed,
      stop,
    };
  } catch (error) {
    await stop().catch(onError);
    throw error;
  }
}

async function prepareDatabase(url: string, isExternal: boolean): Promise<string> {
  const databaseUrl = isExternal ? url : await ensureDatabase(url, DATABASE);
  try {
    await migrate(databaseUrl, functionsUrl(databaseUrl));
  } catch (error) {
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? cause.message : message;
    const remedy = "start with --fresh, or choose another --data folder";
    throw new LocalError(`The database does not take this version's schema (${why}): ${remedy}.`, {
      cause: error,
    });
  }
  return databaseUrl;
}

function startWorkers(options: CloudOptions, environment: Record<string, string>) {
  const { workerEnvironment: env, workerOutput: output, workersPerFunction, moduleOf } = options;
  return workerRunner({
    environment,
    ...(env && { env }),
    ...(output !== undefined && { output }),
    ...(moduleOf && { moduleOf }),
    ...(workersPerFunction !== undefined && { workersPerFunction }),
  });
}
