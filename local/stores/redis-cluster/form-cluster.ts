import { setTimeout as sleep } from "node:timers/promises";
import type { Redis } from "ioredis";
import { LocalError } from "../../local-error.ts";
import type { ClusterNode } from "./start-node.ts";

const SLOTS = 16_384;
export const MASTERS = 3;
const LOOK_EVERY_MS = 50;
const LIMIT_MS = 30_000;

/**
 * Makes nodes one cluster, the first three its masters and each further one a replica of one of them, or finds them as
 * they were: a cluster that was stopped keeps its roles and slots, and only has to hear at which ports its nodes are now.
 */
export async function formCluster(nodes: readonly ClusterNode[]): Promise<void> {
  const [first] = nodes;
  if (!first) throw new Error("a cluster needs nodes");
  const isNew = (await first.client.cluster("INFO")).includes("cluster_slots_assigned:0");
  if (isNew) await shareSlots(nodes.slice(0, MASTERS));
  for (const from of nodes)
    for (const { announcedPort, busPort } of nodes)
      if (busPort !== from.busPort)
        await from.client.call("CLUSTER", "MEET", "127.0.0.1", announcedPort, busPort);
  await until("its nodes know each other", nodes, (client) => knowsAll(client, nodes));
  if (isNew) await addReplicas(nodes);
  await untilWhole(nodes);
}

async function shareSlots(masters: readonly ClusterNode[]): Promise<void> {
  const share = (of: number) => Math.floor((SLOTS * of) / masters.length);
  for (const [index, { client }] of masters.entries())
    await client.call("CLUSTER", "ADDSLOTSRANGE", share(index), share(index + 1) - 1);
}

async function addReplicas(nodes: readonly ClusterNode[]): Promise<void> {
  for (const [index, { client }] of nodes.slice(MASTERS).entries()) {
    const masterId = await nodes[index % MASTERS]!.client.cluster("MYID");
    await client.call("CLUSTER", "REPLICATE", masterId);
  }
}

async function knowsAll(client: Redis, nodes: readonly ClusterNode[]): Promise<boolean> {
  const lines = String(await client.cluster("NODES"));
  return (
    !lines.includes("handshake") &&
    nodes.every(({ announcedPort }) => lines.includes(`127.0.0.1:${announcedPort}@`))
  );
}

/** Waits until every slot is served, by one node, and every replica follows its master. */
export async function untilWhole(nodes: readonly ClusterNode[]): Promise<void> {
  await until("its slots are served", nodes, async (client) =>
    (await client.cluster("INFO")).includes("cluster_state:ok"),
  );
  await until("its replicas follow", nodes, async (client) => {
    const replication = await client.info("replication");
    return replication.includes("role:master") || replication.includes("master_link_status:up");
  });
  // A node that was down while its replica took over thinks until it hears of that that the slots are still its own.
  await until("each slot has one master", nodes, async () => (await claimedSlots(nodes)) === SLOTS);
}

/** How many slots the nodes say are theirs, all together. */
async function claimedSlots(nodes: readonly ClusterNode[]): Promise<number> {
  const counts = await Promise.all(
    nodes.map(async ({ client }) => slotsOf(String(await client.cluster("NODES")))),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The slots of the node that says this; one that is being moved stands in brackets beside them. */
function slotsOf(nodes: string): number {
  const own = nodes.split("\n").find((line) => line.includes("myself,master")) ?? "";
  const ranges = own
    .split(" ")
    .slice(8)
    .filter((range) => !range.startsWith("["));
  return ranges.reduce((sum, range) => {
    const [from = 0, to = from] = range.split("-").map(Number);
    return sum + to - from + 1;
  }, 0);
}

async function until(
  what: string,
  nodes: readonly ClusterNode[],
  isSo: (client: Redis) => Promise<boolean>,
): Promise<void> {
  const endsAtMs = performance.now() + LIMIT_MS;
  for (const { client } of nodes)
    while (!(await isSo(client))) {
      if (performance.now() > endsAtMs)
        throw new LocalError(`The Redis Cluster did not form in time (${what}): start with --fresh.`);
      await sleep(LOOK_EVERY_MS);
    }
}
