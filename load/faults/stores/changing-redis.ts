import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startTcpProxy } from "../tcp-proxy.ts";
import { type RedisNode, startRedisNode } from "./redis-node.ts";

const LOOK_EVERY_MS = 20;

/** The gate's Redis, which may be lost in every way, behind one address. */
export async function startChangingRedis(folder: string) {
  let lives = 0;
  const next = (settings?: Readonly<Record<string, string>>) =>
    startRedisNode(join(folder, String(lives++)), settings);
  let node = await next();
  const proxy = await startTcpProxy(node.port);

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
    /**
     * A replica follows until `stale` is called, then hears nothing more. `promote` kills the primary and puts the
     * replica in its place.
     */
    async addReplica() {
      const feed = await startTcpProxy(node.port);
      const replica = await next({ replicaof: `127.0.0.1 ${feed.port}` });
      while (!(await replica.client.info("replication")).includes("master_link_status:up"))
        await sleep(LOOK_EVERY_MS);
      return {
        stale: () => feed.set("stall"),
        async promote(): Promise<void> {
          await node.kill();
          await replica.client.replicaof("NO", "ONE");
          node = replica;
          proxy.retarget(node.port);
          await feed.stop();
        },
      };
    },
    async stop(): Promise<void> {
      await proxy.stop();
      await node.stop();
    },
  };
}
