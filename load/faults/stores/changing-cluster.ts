import { rmSync } from "node:fs";
import { join } from "node:path";
import { gateKeys } from "../../../core/gate/keys.ts";
import type { SaleId } from "../../../core/ids.ts";
import { openRedis } from "../../../local/stores/open-redis.ts";
import type { FaultRedis } from "./changing-redis.ts";
import { masterOf, mastersOf, untilPromoted } from "./cluster-roles.ts";
import { moveSlot } from "./move-slot.ts";
import { type Member, startProxiedCluster } from "./proxied-cluster.ts";

/** The gate's Redis as a cluster over TLS, which may lose nodes, roles and slots, behind proxies. */
export async function startChangingCluster(folder: string): Promise<FaultRedis> {
  const cluster = await startProxiedCluster(folder);
  const address = { redisUrl: cluster.url, redisCluster: { ca: cluster.ca } };
  const frozen = new Set<Member>();
  const masterIn = async (saleId: SaleId): Promise<Member> => {
    const master = await masterOf(cluster, gateKeys(saleId).gate);
    if (!master) throw new Error(`no master serves ${saleId}`);
    return master;
  };
  const flush = async () => {
    for (const { node } of await mastersOf(cluster)) await node.client.flushall();
    return "OK" as const;
  };
  const client = Object.assign(openRedis(address), { flushall: flush });
  client.on("error", () => {});

  /** Kills every master and starts it again before a replica takes its place. */
  async function restartMasters(prepare: (master: Member) => void): Promise<void> {
    for (const master of await mastersOf(cluster)) {
      await cluster.kill(master);
      prepare(master);
      await cluster.restart(master);
    }
    await cluster.untilWhole();
  }
  const kill = async (saleId: SaleId) => {
    const master = await masterIn(saleId);
    await cluster.kill(master);
    await untilPromoted(cluster, gateKeys(saleId).gate, master);
  };
  const thaw = () => {
    for (const { node } of frozen) node.child.kill("SIGCONT");
    frozen.clear();
  };

  return {
    proxy: asOneDoor(cluster.doors),
    address: () => address,
    through: () => address,
    node: () => ({ client }),
    restartEmpty: () => restartMasters(({ node }) => rmSync(join(node.folder, "dump.rdb"), { force: true })),
    snapshot: async () => {
      for (const { node } of await mastersOf(cluster)) await node.client.save();
    },
    restartOldSnapshot: () => restartMasters(() => {}),
    /** Each master has one. */
    addReplica: async () => {},
    /** The replicas' connections to their masters fall silent, and with them the clients', which make new ones. */
    staleReplica: () => cluster.doors.forEach((door) => door.deaden()),
    promoteReplica: kill,
    /** All nodes are up, each replica follows its master. */
    async mend(): Promise<void> {
      thaw();
      for (const member of cluster.members) if (!member.isUp) await cluster.restart(member);
      await cluster.untilWhole();
    },
    async stop(): Promise<void> {
      thaw();
      client.disconnect();
      await cluster.stop();
    },
    cluster: {
      killMaster: kill,
      async freezeMaster(saleId) {
        const master = await masterIn(saleId);
        master.node.child.kill("SIGSTOP");
        frozen.add(master);
        await untilPromoted(cluster, gateKeys(saleId).gate, master);
        thaw();
      },
      masterDoor: async (saleId) => (await masterIn(saleId)).door,
      async moveSlot(saleId) {
        const from = await masterIn(saleId);
        const to = (await mastersOf(cluster)).find((master) => master !== from);
        if (!to) throw new Error("there is no other master");
        await moveSlot(gateKeys(saleId).gate, from.node, to.node);
      },
    },
  };
}

type Door = FaultRedis["proxy"];

/** Every door at once. */
const asOneDoor = (doors: readonly Door[]): Door => ({
  set: (mode) => doors.forEach((door) => door.set(mode)),
  delay: (ms) => doors.forEach((door) => door.delay(ms)),
  cut: () => doors.forEach((door) => door.cut()),
  deaden: () => doors.forEach((door) => door.deaden()),
});
