import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { asOne, type TcpProxy } from "./tcp-proxy.ts";
import { type ProxiedCluster, startProxiedCluster } from "../../load/faults/stores/proxied-cluster.ts";

/** Starts a Redis Cluster, each node behind a proxy, for one test file. Replicas come through the proxies too. */
export async function testProxiedCluster(hasReplicas = true): Promise<ProxiedCluster> {
  const folder = mkdtempSync(join(tmpdir(), "flash-sale-cluster-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const cluster = await startProxiedCluster(folder, hasReplicas);
  afterAll(() => cluster.stop());
  return cluster;
}

/** The proxies of all nodes as one, in a test's words. */
export const oneProxy = ({ members, url }: ProxiedCluster): TcpProxy =>
  asOne(
    members.map(({ door }) => door),
    url,
  );
