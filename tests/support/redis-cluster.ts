import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { type ProxiedCluster, startProxiedCluster } from "../../load/faults/stores/proxied-cluster.ts";

/** Starts a Redis Cluster, each node behind a proxy, for one test file. */
export async function testProxiedCluster(): Promise<ProxiedCluster> {
  const folder = mkdtempSync(join(tmpdir(), "flash-sale-cluster-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const cluster = await startProxiedCluster(folder);
  afterAll(() => cluster.stop());
  return cluster;
}
