import { join } from "node:path";
import type { Redis } from "ioredis";
import type { SaleId } from "../../../core/ids.ts";
import type { RedisAddress } from "../../../local/stores/open-redis.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { startTcpProxy, type TcpProxy } from "../../../local/tcp-proxy.ts";
import { type RedisNode, startRedisNode } from "./redis-node.ts";

const LOOK_EVERY_MS = 20;

/** What the fault matrix does with the gate's Redis, be it one or a cluster. */
export type FaultRedis = {
  readonly proxy: Pick<TcpProxy, "set" | "delay" | "cut" | "deaden">;
  /** Through the proxy in a cluster, past it else. */
  address(): RedisAddress;
  /** As functions see it. */
  through(): RedisAddress;
  node(): { readonly client: Redis };
  /** The process dies; another one starts with nothing. */
  restartEmpty(): Promise<void>;
  /** Writes all that it holds now as the file that `restartOldSnapshot` starts from. */
  snapshot(): Promise<unknown>;
  /** The process dies; it starts again from the last snapshot. */
  restartOldSnapshot(): Promise<void>;
  /** A second Redis that follows this one. */
  addReplica(): Promise<void>;
  /** From here on the replica hears nothing more. */
  staleReplica(): void;
  /** The process that serves the sale dies, and the replica takes its place with what it had heard. */
  promoteReplica(saleId: SaleId): Promise<void>;
  /** Whatever a fault has left behind and does not mend itself. */
  mend(): Promise<void>;
  stop(): Promise<void>;
  /** What can be done to a cluster alone. */
  readonly cluster?: ClusterFaults;
};

export type ClusterFaults = {
  /** Kills the master that serves the sale, and waits until its replica has taken its place. */
  killMaster(saleId: SaleId): Promise<void>;
  /** It stands still for longer than the others wait for it; then it goes on, as a replica. */
  freezeMaster(saleId: SaleId): Promise<void>;
  /** Its door alone, for a node that is there and cannot be reached. */
  masterDoor(saleId: SaleId): Promise<Pick<TcpProxy, "set" | "cut" | "deaden">>;
  /** Moves the sale's slot to another master. */
  moveSlot(saleId: SaleId): Promise<void>;
};

/** One Redis, which may be lost in every way, behind one address. */
export async function startChangingRedis(folder: string) {
  let lives = 0;
  const next = (settings?: Readonly<Record<string, string>>) =>
    startRedisNode(join(folder, String(lives++)), settings);
  let node = await next();
  const proxy = await startTcpProxy(node.port);
  let replica: { readonly feed: TcpProxy; readonly follower: RedisNode } | undefined;

  async function replaceBy(start: () => Promise<RedisNode>): Promise<void> {
    await node.kill();
    node = await start();
    proxy.retarget(node.port);
  }

  return {
    proxy,
    node: () => node,
    address: (): RedisAddress => ({ redisUrl: node.url }),
    through: (): RedisAddress => ({ redisUrl: proxy.through(node.url) }),
    restartEmpty: () => replaceBy(next),
    snapshot: () => node.client.save(),
    restartOldSnapshot: () => replaceBy(() => startRedisNode(node.folder)),
    async addReplica(): Promise<void> {
      const feed = await startTcpProxy(node.port);
      const follower = await next({ replicaof: `127.0.0.1 ${feed.port}` });
      replica = { feed, follower };
      while (!(await follower.client.info("replication")).includes("master_link_status:up"))
        await sleep(LOOK_EVERY_MS);
    },
    staleReplica: () => replica?.feed.set("stall"),
    async promoteReplica(): Promise<void> {
      if (!replica) throw new Error("there is no replica");
      const { feed, follower } = replica;
      replica = undefined;
      await node.kill();
      await follower.client.replicaof("NO", "ONE");
      node = follower;
      proxy.retarget(node.port);
      await feed.stop();
    },
    mend: () => Promise.resolve(),
    async stop(): Promise<void> {
      await proxy.stop();
      await replica?.follower.stop();
      await replica?.feed.stop();
      await node.stop();
    },
  } satisfies FaultRedis;
}
