import { setTimeout as sleep } from "node:timers/promises";
import { createSale } from "../../create-sale.ts";
import { startClosedCrowd } from "../crowd/closed-crowd.ts";
import { bothLimits, type Fault, losesPlaces, type Stage } from "../fault.ts";
import type { FaultCloud } from "../fault-cloud.ts";
import type { ClusterFaults } from "../stores/changing-redis.ts";
import { frozen } from "./frozen.ts";
import { redisLost } from "./redis-lost.ts";
import { stores } from "./stores.ts";

const SILENT_MS = 4_000;
const FROZEN_MS = 1_500;

/** @throws if the cloud has one Redis. */
function clusterOf({ cloud }: Pick<Stage, "cloud">): ClusterFaults {
  if (cloud.redis.cluster) return cloud.redis.cluster;
  throw new Error("this line needs a Redis Cluster");
}

/** What changes the server that serves the sale: the gate is lost, and is rebuilt from the ledger. */
const moves = (
  name: string,
  line: string,
  strike: (faults: ClusterFaults, stage: Stage) => Promise<void>,
): Fault => ({
  name,
  line,
  limits: bothLimits,
  voids: losesPlaces,
  mayReject: true,
  inject: async (stage) => {
    await stage.midBurst();
    await strike(clusterOf(stage), stage);
  },
});

/** As before an opening: each environment has bought from another sale, is frozen, and thaws on what died meanwhile. */
async function thawOnDeadSockets(cloud: FaultCloud): Promise<void> {
  const { apiUrl, workers, redis } = cloud;
  const saleId = await createSale(apiUrl, { name: "Warm", allocated: 1, attemptLimit: 1_000 });
  const all = {
    buyers: 30,
    everyNeverRetries: 1,
    everyAsksAgain: 0,
    waveBuyers: 30,
    waveMs: 0,
    limitMs: 30_000,
  };
  await startClosedCrowd({ apiUrl, saleId, purchaseLimit: 1, ...all }).done;
  const environments = workers.of("purchase");
  if (environments.length < 2) throw new Error("there is no crowd of warm environments: nothing was tested");
  for (const environment of environments) environment.freeze();
  redis.proxy.deaden();
  await sleep(FROZEN_MS);
  for (const environment of environments) environment.thaw();
}

/** What a cluster can do to a sale, and one Redis cannot. */
const ofCluster: readonly Fault[] = [
  moves("cluster-master-killed", "a master killed in mid-sale, its replica promoted", (faults, { crowd }) =>
    faults.killMaster(crowd.saleId),
  ),
  moves(
    "cluster-master-frozen",
    "a master silent until its replica is promoted; it comes back",
    (faults, { crowd }) => faults.freezeMaster(crowd.saleId),
  ),
  moves("cluster-slot-moved", "the sale's slot moved to another master in mid-sale", (faults, { crowd }) =>
    faults.moveSlot(crowd.saleId),
  ),
  {
    name: "cluster-node-silent",
    line: "the sale's node cannot be reached for a while, and nobody takes its place",
    limits: bothLimits,
    inject: async (stage) => {
      await stage.midBurst();
      const door = await clusterOf(stage).masterDoor(stage.crowd.saleId);
      door.set("stall");
      await sleep(SILENT_MS);
      door.set("pass");
    },
  },
  {
    name: "cluster-thawed-crowd",
    line: "a crowd at the opening meets warm environments whose connections all died while they were frozen",
    crowd: { waveBuyers: 150, waveMs: 0 },
    prepare: thawOnDeadSockets,
    inject: (stage) => stage.midBurst(),
  },
];

/** `--cluster`: these, and each line of the design in which Redis is what breaks. */
export const clusterCatalogue: readonly Fault[] = [
  ...ofCluster,
  ...[...redisLost, ...stores, ...frozen].filter(({ name }) => /^(dead-sockets-)?redis/.test(name)),
];
