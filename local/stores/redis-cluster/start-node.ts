import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "../../free-port.ts";
import { LocalError } from "../../local-error.ts";
import { spawnTied } from "../../spawn-tied.ts";
import { findRedisServer } from "../find-redis-server.ts";
import { stopLeftover } from "../stop-leftover.ts";
import { superviseStore } from "../store-process.ts";
import type { WrittenCertificate } from "./write-certificate.ts";

const START_LIMIT_MS = 20_000;
/** Of twelve free ports, another process may take one before Redis does. */
const STARTS = 4;
/** Part of every secret for local use: no other stage accepts it. */
const PASSWORD = "local-only-gate";

export type NodeOptions = {
  readonly folder: string;
  readonly certificate: WrittenCertificate;
  /** Where clients and replicas reach it, if there is a proxy before it. Default: its own port. */
  readonly announcedPort?: number | undefined;
  /** More of Redis's own settings. */
  readonly settings?: Readonly<Record<string, string>>;
};

export type ClusterNode = Awaited<ReturnType<typeof startNode>>;

/** Starts one node of a cluster, over TLS on loopback, with its data and what it knows of the others in `folder`. */
export async function startNode(options: NodeOptions) {
  const { folder } = options;
  mkdirSync(folder, { recursive: true });
  await stopLeftover(join(folder, "redis.pid"), folder, "SIGTERM");
  for (let start = 1; ; start++) {
    const node = await tryStart(options);
    if (!(node instanceof Error)) return node;
    if (start === STARTS || !node.message.includes("Address already in use"))
      throw new LocalError(
        `A node of the Redis Cluster could not start in ${folder}: ${node.message} Start with --fresh.`,
      );
  }
}

/** By default the bus takes the port 10,000 above, which may lie past the last one. */
async function tryStart({ folder, certificate, announcedPort, settings = {} }: NodeOptions) {
  const [port, busPort] = await Promise.all([freePort(), freePort()]);
  const all = {
    port: "0",
    "tls-port": String(port),
    "cluster-port": String(busPort),
    "cluster-announce-tls-port": String(announcedPort ?? port),
    bind: "127.0.0.1",
    dir: folder,
    pidfile: join(folder, "redis.pid"),
    "cluster-enabled": "yes",
    "cluster-config-file": "nodes.conf",
    requirepass: PASSWORD,
    masterauth: PASSWORD,
    save: "",
    "maxmemory-policy": "noeviction",
    // Keeps the folder in the command line, by which a leftover is known.
    "set-proc-title": "no",
    ...certificate.settings,
    ...settings,
  };
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawnTied(findRedisServer(), args, { deathSignal: "SIGTERM" });
  const supervised = superviseStore("Redis Cluster", child, { stopSignal: "SIGTERM", stopLimitMs: 3000 });
  const url = `rediss://default:${PASSWORD}@127.0.0.1:${port}`;
  const client = new Redis(url, {
    tls: { ca: certificate.ca },
    retryStrategy: () => 20,
    maxRetriesPerRequest: null,
  });
  client.on("error", () => {});
  const stop = async () => {
    client.disconnect();
    await supervised.stop();
  };
  const late = sleep(START_LIMIT_MS, new Error("it did not answer in time."), { ref: false });
  const failure = await Promise.race([supervised.crashed, late, client.ping().then(() => null)]);
  if (failure) {
    await stop();
    return new Error(`${failure.message} ${supervised.output().trim()}`);
  }
  const ports = { port, busPort, announcedPort: announcedPort ?? port };
  /** `client` is to this node alone. */
  return { ...supervised, ...ports, folder, url, child, client, stop };
}
