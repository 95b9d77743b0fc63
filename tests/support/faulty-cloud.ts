import { afterAll } from "vitest";
import { type Cloud, startCloud } from "../../local/cloud.ts";
import { oneProxy, testProxiedCluster } from "./redis-cluster.ts";
import { type TestStores, testStores } from "./stores.ts";
import { type TcpProxy, testProxy } from "./tcp-proxy.ts";

export type FaultyCloud = Cloud & TestStores & Readonly<Record<"redis" | "dynamo" | "sqs", TcpProxy>>;

/** A cloud for one test file whose functions reach each store through a proxy; the tests and the order trigger do not. */
export async function testFaultyCloud(): Promise<FaultyCloud> {
  const shared = await testStores();
  // No replicas, so that nobody but the functions sends through the proxies.
  const cluster = shared.redisCluster && (await testProxiedCluster(false));
  const stores = cluster ? { ...shared, redisUrl: cluster.url, redisCluster: { ca: cluster.ca } } : shared;
  const [redis, dynamo, sqs] = await Promise.all([
    cluster ? oneProxy(cluster) : testProxy(stores.redisUrl),
    testProxy(stores.dynamoEndpoint),
    testProxy(stores.sqsEndpoint),
  ]);
  const cloud = await startCloud({
    external: stores,
    prefix: stores.prefix,
    trigger: { batchWindowMs: 20 },
    environment: { REDIS_URL: redis.url, DYNAMODB_ENDPOINT: dynamo.url, SQS_ENDPOINT: sqs.url },
  });
  afterAll(() => cloud.stop());
  return { ...stores, ...cloud, redis, dynamo, sqs };
}
