import { randomUUID } from "node:crypto";
import { closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Cloud, startCloud } from "../../local/cloud.ts";
import { operations, type ScheduleName, schedules as allSchedules } from "../../core/topology.ts";
import { functionsUrl } from "../../local/functions-url.ts";
import { stopList } from "../../local/stop-list.ts";
import { startDynamo } from "../../local/stores/dynamo.ts";
import { ensureDatabase } from "../../local/stores/ensure-database.ts";
import { startPostgres } from "../../local/stores/postgres.ts";
import { startSqs } from "../../local/stores/sqs.ts";
import type { Store } from "../../local/stores/store.ts";
import type { StoreAddresses } from "../verdict/read-facts.ts";
import { startSchedule } from "../../local/schedule.ts";
import { startGuardians } from "./guardians.ts";
import { startChangingMailbox } from "./stores/changing-mailbox.ts";
import { startChangingCluster } from "./stores/changing-cluster.ts";
import { type FaultRedis, startChangingRedis } from "./stores/changing-redis.ts";
import type { OperationResult } from "../../ops/operations/operation.ts";
import { startTcpProxy } from "../../local/tcp-proxy.ts";
import { createWorkerControl } from "./worker-control.ts";

/** A batch that failed comes back after this; × 5 receives, it outlasts a store that is down for a minute. */
const VISIBILITY_SECONDS = 15;
const BATCH_WINDOW_MS = 50;
/** Enough to have purchases in flight; each costs a process on two cores. */
const WORKERS_PER_FUNCTION = 5;

const startRedis = (folder: string, hasCluster: boolean): Promise<FaultRedis> =>
  hasCluster ? startChangingCluster(folder) : startChangingRedis(folder);

export type FaultCloud = Awaited<ReturnType<typeof startFaultCloud>>;

/**
 * A local cloud to be broken: functions in workers, each store behind a proxy, guardians under control.
 *
 * The functions see the stores through the proxies; what starts, feeds and judges them does not.
 *
 * @param logFile takes what the workers write.
 * @param schedules what runs in its time beside the guardians, such as the beacon where sales have lines.
 * @param hasAddresses clients say what address they have, and joins are judged by it; no other cloud takes their word.
 * @param hasCluster the gate's Redis is a cluster over TLS, each node behind a proxy, as the deployed gate is one.
 */
export async function startFaultCloud(
  logFile: string,
  hasCluster = false,
  schedules: readonly ScheduleName[] = [],
  hasAddresses = false,
) {
  const { started, stop } = stopList();
  try {
    const folder = mkdtempSync(join(tmpdir(), "flash-sale-faults-"));
    started({ stop: async () => rmSync(folder, { recursive: true, force: true }) });
    const output = openSync(logFile, "a");
    started({ stop: async () => closeSync(output) });
    const [redis, postgres, sqs, dynamo] = await Promise.all([
      startRedis(join(folder, "redis"), hasCluster).then(started),
      startPostgres({ dataDir: join(folder, "postgres"), isDurable: false }).then(started),
      startSqs({ dataDir: null }).then(started),
      startDynamo({ dataDir: null }).then(started),
    ]);
    const before = async (store: Store) => started(await startTcpProxy(Number(new URL(store.url).port)));
    const [postgresProxy, sqsProxy, dynamoProxy] = await Promise.all([postgres, sqs, dynamo].map(before));
    if (!postgresProxy || !sqsProxy || !dynamoProxy) throw new Error("a proxy is missing");
    const proxies = { redis: redis.proxy, postgres: postgresProxy, sqs: sqsProxy, dynamo: dynamoProxy };

    const databaseUrl = await ensureDatabase(postgres.url, "flash_sale");
    const mailbox = started(await startChangingMailbox());
    const control = createWorkerControl();
    const errors: unknown[] = [];
    const onError = (error: unknown) => void errors.push(error);
    const cloud: Cloud = started(
      await startCloud({
        runner: "workers",
        schedules,
        external: {
          ...redis.through(),
          databaseUrl,
          sqsEndpoint: sqs.url,
          dynamoEndpoint: dynamo.url,
        },
        environment: {
          DATABASE_URL: proxies.postgres.through(functionsUrl(databaseUrl)),
          SQS_ENDPOINT: proxies.sqs.through(sqs.url),
          DYNAMODB_ENDPOINT: proxies.dynamo.through(dynamo.url),
          SES_ENDPOINT: mailbox.url,
          ...(hasAddresses && { ORIGIN_SECRET: randomUUID() }),
        },
        workerEnvironment: control.environment,
        workerOutput: output,
        workersPerFunction: WORKERS_PER_FUNCTION,
        trigger: { batchWindowMs: BATCH_WINDOW_MS },
        visibilityTimeoutSeconds: VISIBILITY_SECONDS,
        onError,
      }),
    );
    const { workers } = cloud;
    if (!workers) throw new Error("the cloud runs no workers");
    const controlled = control.of(workers);
    const guardians = startGuardians(workers, onError);
    started({ stop: guardians.down });
    const stores = (): StoreAddresses & { readonly orderDeadLettersUrl: string } => ({
      ...redis.address(),
      databaseUrl,
      sqsEndpoint: sqs.url,
      dynamoEndpoint: dynamo.url,
      ledgerTable: cloud.ledgerTable,
      orderQueueUrl: cloud.orderQueueUrl,
      orderDeadLettersUrl: cloud.orderDeadLettersUrl,
    });
    return {
      apiUrl: cloud.apiUrl,
      redis,
      proxies,
      mailbox,
      workers: controlled,
      guardians,
      /** Whose rounds may be late. */
      beacon: cloud.beacon,
      lineTable: cloud.lineTable,
      /** The payment provider: its books, and what it does wrong. */
      payments: cloud.payments,
      /** Runs the completer of payments once, as if all that is open were old; it may be killed on the way. */
      complete: async (): Promise<void> => {
        await workers.invoke(allSchedules.payments, {}).catch(onError);
      },
      /** Runs an operator's command in a worker, as the deployed function does. */
      command: async (...words: readonly string[]) =>
        (await workers.invoke(operations, { words })) as OperationResult,
      /** Has webhooks sent from now on, until it is stopped. */
      webhooks: () => startSchedule(workers, allSchedules.webhooks, onError),
      /** Has people told by mail of their turns from now on, until it is stopped. */
      tell: () => startSchedule(workers, allSchedules.drawResults, onError),
      /** Past the proxies, as they are now. */
      stores,
      /** What functions and triggers have failed with. */
      errors,
      /** All as it was at the start, stores' contents apart. */
      async reset(): Promise<void> {
        for (const proxy of Object.values(proxies)) {
          proxy.delay(0);
          proxy.set("pass");
          proxy.cut();
        }
        await Promise.all(controlled.changed().map((worker) => worker.kill()));
        cloud.beacon.delay(0);
        cloud.payments.setOutage("none");
        cloud.payments.setWebhooks({});
        await redis.mend();
        await mailbox.up();
        await guardians.reset();
        errors.length = 0;
      },
      stop,
    };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}
