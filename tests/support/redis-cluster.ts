import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll } from "vitest";
import { freePort } from "../../local/free-port.ts";
import { spawnTied } from "../../local/spawn-tied.ts";
import { findRedisServer } from "../../local/stores/find-redis-server.ts";
import { superviseStore } from "../../local/stores/store-process.ts";
import { waitFor } from "./wait-for.ts";

const SLOTS = 16_384;
const NODES = 3;

/** Starts a Redis Cluster of three nodes, the slots shared out among them, for one test file; answers their URLs. */
export async function testRedisCluster(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "flash-sale-cluster-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const started = await Promise.all(Array.from({ length: NODES }, (_, index) => startNode(folder, index)));
  const nodes = started.map(
    ({ port }) => new Redis({ port, retryStrategy: () => 20, maxRetriesPerRequest: null }),
  );
  for (const node of nodes) node.on("error", () => {});
  try {
    const share = (of: number) => Math.floor((SLOTS * of) / NODES);
    const { port: firstPort, busPort } = started[0]!;
    for (const [index, node] of nodes.entries()) {
      await node.call("CLUSTER", "ADDSLOTSRANGE", share(index), share(index + 1) - 1);
      if (index > 0) await node.call("CLUSTER", "MEET", "127.0.0.1", firstPort, busPort);
    }
    await waitFor("the cluster agrees on its slots", async () => {
      const states = await Promise.all(nodes.map((node) => node.cluster("INFO")));
      return states.every((state) => state.includes("cluster_state:ok"));
    });
  } finally {
    for (const node of nodes) node.disconnect();
  }
  return started.map(({ port }) => `redis://127.0.0.1:${port}`);
}

async function startNode(folder: string, index: number) {
  // By default the bus takes the port 10,000 above, which may lie past the last one.
  const [port, busPort] = await Promise.all([freePort(), freePort()]);
  const settings = {
    port,
    bind: "127.0.0.1",
    dir: folder,
    save: "",
    "cluster-enabled": "yes",
    "cluster-port": busPort,
    "cluster-config-file": `nodes-${index}.conf`,
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawnTied(findRedisServer(), args, { deathSignal: "SIGKILL" });
  const node = superviseStore("Redis", child, { stopSignal: "SIGTERM", stopLimitMs: 3000 });
  afterAll(() => node.stop());
  return { port, busPort };
}
