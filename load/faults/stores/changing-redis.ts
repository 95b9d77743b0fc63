import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startTcpProxy, type TcpProxy } from "../tcp-proxy.ts";
import { type RedisNode, startRedisNode } from "./redis-node.ts";

const LOOK_EVERY_MS = 20;

/** The gate's Redis, which may be lost in every way, behind one address. */
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
    /** The process dies; another one starts with nothing. */
    restartEmpty: () => replaceBy(next),
    /** Writes all that it holds now as the file that `restartOldSnapshot` starts from. */
    snapshot: () => node.client.save(),
    /** The process dies; it starts again from the last snapshot. */
    restartOldSnapshot: () => replaceBy(() => startRedisNode(node.folder)),
    /** A second Redis that follows this one. */
    async addReplica(): Promise<void> {
      const feed = await startTcpProxy(node.port);
      const follower = await next({ replicaof: `127.0.0.1 ${feed.port}` });
      replica = { feed, follower };
      while (!(await follower.client.info("replication")).includes("master_link_status:up"))
        await sleep(LOOK_EVERY_MS);
    },
    /** From here on the replica hears nothing more. */
    staleReplica: () => replica?.feed.set("stall"),
    /** The process dies, and the replica takes its place with what it had heard. */
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
    async stop(): Promise<void> {
      await proxy.stop();
      await replica?.follower.stop();
      await replica?.feed.stop();
      await node.stop();
    },
  };
}
