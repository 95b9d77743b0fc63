import { once } from "node:events";
import { join } from "node:path";
import { formCluster, MASTERS, untilWhole } from "../../../local/stores/redis-cluster/form-cluster.ts";
import { type ClusterNode, startNode } from "../../../local/stores/redis-cluster/start-node.ts";
import { writeCertificate } from "../../../local/stores/redis-cluster/write-certificate.ts";
import { startTcpProxy, type TcpProxy } from "../../../local/tcp-proxy.ts";

/** Long enough for a machine that is busy, short enough to be waited for. */
const NODE_TIMEOUT_MS = 2_000;

/** A node behind its door. After a restart another process stands there. */
export type Member = { node: ClusterNode; readonly door: TcpProxy; isUp: boolean };
export type ProxiedCluster = Awaited<ReturnType<typeof startProxiedCluster>>;

/**
 * A Redis Cluster each of whose nodes stands behind a proxy, which it announces as its own address: clients come to all
 * nodes through the proxies, and so do replicas to their masters. The nodes agree among each other past them.
 */
export async function startProxiedCluster(folder: string, hasReplicas = true) {
  const certificate = writeCertificate(join(folder, "certificates"));
  const settings = {
    "repl-diskless-sync-delay": "0",
    "cluster-node-timeout": String(NODE_TIMEOUT_MS),
    "cluster-allow-replica-migration": "no",
  };
  const start = (index: number, door: TcpProxy) =>
    startNode({
      folder: join(folder, `node-${index + 1}`),
      certificate,
      announcedPort: door.port,
      settings,
    });
  async function startMember(_: unknown, index: number): Promise<Member> {
    const door = await startTcpProxy(0);
    const node = await start(index, door);
    door.retarget(node.port);
    return { node, door, isUp: true };
  }
  const members = await Promise.all(Array.from({ length: hasReplicas ? 2 * MASTERS : MASTERS }, startMember));
  await formCluster(members.map(({ node }) => node));
  // As AWS's configuration endpoint: some node that is up.
  const endpoint = await startTcpProxy(members[0]!.node.port);
  const up = () => members.filter(({ isUp }) => isUp);

  return {
    members: members as readonly Member[],
    doors: [...members.map(({ door }) => door), endpoint],
    ca: certificate.ca,
    url: endpoint.through(members[0]!.node.url),
    nodes: () => up().map(({ node }) => node),
    async kill(member: Member): Promise<void> {
      member.isUp = false;
      member.node.client.disconnect();
      const gone = once(member.node.child, "exit");
      member.node.child.kill("SIGKILL");
      await gone;
      const other = up()[0];
      if (other) endpoint.retarget(other.node.port);
    },
    /** Starts a killed node on what is in its folder. It finds the others by itself, and they it. */
    async restart(member: Member): Promise<void> {
      member.node = await start(members.indexOf(member), member.door);
      member.door.retarget(member.node.port);
      member.isUp = true;
    },
    untilWhole: () => untilWhole(up().map(({ node }) => node)),
    async stop(): Promise<void> {
      await Promise.all([...members.map(({ door }) => door), endpoint].map((door) => door.stop()));
      await Promise.all(up().map(({ node }) => node.stop()));
    },
  };
}
