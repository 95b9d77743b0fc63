import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterNode } from "../../../local/stores/redis-cluster/start-node.ts";

const KEYS_AT_ONCE = 100;
const MIGRATE_LIMIT_MS = 5_000;
/** As a resharding does that has many slots to move: the slot is between two masters for a while. */
const BETWEEN_MS = 500;

/** Moves a key's slot, with all that is in it, from one master to another, as Redis's own resharding does. */
export async function moveSlot(key: string, from: ClusterNode, to: ClusterNode): Promise<void> {
  const slot = await from.client.cluster("KEYSLOT", key);
  const [fromId, toId] = await Promise.all([from, to].map(({ client }) => client.cluster("MYID")));
  await to.client.call("CLUSTER", "SETSLOT", slot, "IMPORTING", String(fromId));
  await from.client.call("CLUSTER", "SETSLOT", slot, "MIGRATING", String(toId));
  await sleep(BETWEEN_MS);
  const { username, password } = new URL(to.url);
  for (;;) {
    const keys = (await from.client.call("CLUSTER", "GETKEYSINSLOT", slot, KEYS_AT_ONCE)) as string[];
    if (keys.length === 0) break;
    const target = ["127.0.0.1", to.port, "", 0, MIGRATE_LIMIT_MS, "AUTH2", username, password];
    await from.client.call("MIGRATE", ...target, "KEYS", ...keys);
  }
  for (const { client } of [to, from]) await client.call("CLUSTER", "SETSLOT", slot, "NODE", String(toId));
}
