import type { Member, ProxiedCluster } from "./proxied-cluster.ts";
import { waitUntil } from "../wait-until.ts";

/** The nodes that are masters as they see themselves; one that is frozen is not asked. */
export async function mastersOf({ members }: ProxiedCluster, but?: Member): Promise<Member[]> {
  const asked = members.filter((member) => member.isUp && member !== but);
  const lines = await Promise.all(asked.map(ownLine));
  return asked.filter((_, index) => lines[index]!.includes("myself,master"));
}

/** The master that serves a key. */
export async function masterOf(cluster: ProxiedCluster, key: string, but?: Member): Promise<Member | null> {
  for (const master of await mastersOf(cluster, but)) {
    const slot = await master.node.client.cluster("KEYSLOT", key);
    const ranges = (await ownLine(master)).split(" ").slice(8);
    const isIts = ranges.some((range) => {
      const [from = Number.NaN, to = from] = range.split("-").map(Number);
      return slot >= from && slot <= to;
    });
    if (isIts) return master;
  }
  return null;
}

/** Waits until a replica has taken over the key from the master that is down. */
export const untilPromoted = (cluster: ProxiedCluster, key: string, from: Member): Promise<void> =>
  waitUntil("a replica takes the master's place", async () => (await masterOf(cluster, key, from)) !== null);

async function ownLine({ node }: Member): Promise<string> {
  const lines = String(await node.client.cluster("NODES")).split("\n");
  return lines.find((line) => line.includes("myself")) ?? "";
}
