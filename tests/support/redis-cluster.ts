import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { TcpProxy } from "./tcp-proxy.ts";
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
export function oneProxy({ members, url }: ProxiedCluster): TcpProxy {
  const doors = members.map(({ door }) => door);
  const modes = { pass: "pass", cut: "refuse", stall: "stall", mute: "swallow", late: "pass" } as const;
  return {
    url,
    bytesSent: () => doors.reduce((sum, door) => sum + door.bytesSent(), 0),
    set(mode) {
      for (const door of doors) {
        if (mode === "late") door.deaden();
        door.set(modes[mode]);
        if (mode === "cut") door.cut();
      }
    },
  };
}
