import { join } from "node:path";
import { formCluster, MASTERS } from "./form-cluster.ts";
import { type ClusterNode, startNode } from "./start-node.ts";
import { writeCertificate } from "./write-certificate.ts";
import type { RedisStore } from "../redis.ts";

const NODES = 2 * MASTERS;

/** How long a master is silent before its replica takes its place. Half a second of it is noise on a busy machine. */
const NODE_TIMEOUT_MS = 3_000;

/**
 * Starts Redis as AWS runs it: a cluster of three masters with a replica each, over TLS, with a password. Certificates
 * are made anew at each start; the data stays under `dataDir`, as do the nodes' roles.
 */
export async function startRedisCluster(dataDir: string, isDurable: boolean): Promise<RedisStore> {
  const certificate = writeCertificate(join(dataDir, "certificates"));
  const settings = {
    appendonly: isDurable ? "yes" : "no",
    // A new replica is served at once: nobody else comes to share the transfer.
    "repl-diskless-sync-delay": "0",
    "cluster-node-timeout": String(NODE_TIMEOUT_MS),
    // Each replica stays with its own master.
    "cluster-allow-replica-migration": "no",
  };
  const starting = Array.from({ length: NODES }, (_, index) =>
    startNode({ folder: join(dataDir, `node-${index + 1}`), certificate, settings }),
  );
  const results = await Promise.allSettled(starting);
  const nodes = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const stop = async () => void (await Promise.all(nodes.map((node) => node.stop())));
  try {
    for (const result of results) if (result.status === "rejected") throw result.reason;
    await formCluster(nodes);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...asStore(nodes), cluster: { ca: certificate.ca }, stop };
}

const asStore = (nodes: readonly ClusterNode[]) => ({
  name: "Redis Cluster",
  url: nodes[0]!.url,
  crashed: Promise.race(nodes.map((node) => node.crashed)),
});
