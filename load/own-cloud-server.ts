// The process of a cloud that a load run has for itself. Its data goes when it stops.
import { constants, setPriority } from "node:os";
import { startCloud } from "../local/cloud.ts";
import { externalStoresFromEnvironment } from "../local/cloud-options.ts";
import { LocalError } from "../local/local-error.ts";
import { warmConsumers, warmEnvironment, warmPurchase } from "../local/lambda/warm-functions.ts";
import type { OwnAddresses, OwnCloudOptions } from "./own-cloud.ts";
import { stopRequested } from "../local/start/stop-requested.ts";

try {
  const options = JSON.parse(process.argv[2] ?? "{}") as OwnCloudOptions;
  const stopping = stopRequested();
  const cloud = await startCloud({
    ...options,
    external: externalStoresFromEnvironment(),
    environment: { ...warmEnvironment, ...options.environment },
  });
  await warmConsumers(cloud.runner);
  if (options.apiWorkers === 0) await warmPurchase();
  // The API has a process of its own. All that is left here (consumer, mailer, guardian) has environments of its own on AWS.
  else setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const { apiUrl, apiPids, paymentUrl } = cloud;
  const { redisUrl, databaseUrl, sqsEndpoint, dynamoEndpoint, ledgerTable, orderQueueUrl } = cloud;
  const stores = { redisUrl, databaseUrl, sqsEndpoint, dynamoEndpoint, ledgerTable, orderQueueUrl };
  process.send?.({ apiUrl, apiPids, paymentUrl, ...stores } satisfies OwnAddresses);
  const reason = await Promise.race([stopping, cloud.crashed]);
  await cloud.stop();
  if (reason instanceof Error) throw reason;
  process.exit(0);
} catch (error) {
  console.error(error instanceof LocalError ? error.message : error);
  process.exit(1);
}
