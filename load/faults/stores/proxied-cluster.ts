import { join } from "node:path";
import { formCluster, MASTERS } from "../../../local/stores/redis-cluster/form-cluster.ts";
import { type ClusterNode, startNode } from "../../../local/stores/redis-cluster/start-node.ts";
import { writeCertificate } from "../../../local/stores/redis-cluster/write-certificate.ts";
import { startTcpProxy, type TcpProxy } from "../tcp-proxy.ts";

/** Long enough for a machine that is busy, short enough to be waited for. */
const NODE_TIMEOUT_MS = 2_000;

/** A node behind its door. After a restart another process stands there. */
export type Member = { readonly node: ClusterNode; readonly door: TcpProxy };
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
  async function startMember(_: unknown, index: number) {
    const door = await startTcpProxy(0);
    const start = async () => {
      const node = await startNode({
        folder: join(folder, `node-${index + 1}`),
        certificate,
        announcedPort: door.port,
        settings,
      });
      door.retarget(node.port);
      return node;
    };
    return { node: await start(), door, start };
  }
  const members = await Promise.all(Array.from({ length: hasReplicas ? 2 * MASTERS : MASTERS }, startMember));
  const nodes = () => members.map(({ node }) => node);
  await formCluster(nodes());
  const [first] = members;
  return {
    members: members as readonly Member[],
    nodes,
    ca: certificate.ca,
    /** Through its door. */
    url: first!.door.through(first!.node.url),
    async stop(): Promise<void> {
      await Promise.all(members.map(({ door }) => door.stop()));
      await Promise.all(nodes().map((node) => node.stop()));
    },
  };
}
