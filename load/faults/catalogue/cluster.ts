import { setTimeout as sleep } from "node:timers/promises";
import { createSale } from "../../create-sale.ts";
import { startClosedCrowd } from "../crowd/closed-crowd.ts";
import { bothLimits, type Fault, type LineCheck, losesPlaces, type Stage } from "../fault.ts";
import type { FaultCloud } from "../fault-cloud.ts";
import type { ClusterFaults } from "../stores/changing-redis.ts";
import { waitUntil } from "../wait-until.ts";
import { frozen } from "./frozen.ts";
import { redisLost } from "./redis-lost.ts";
import { stores } from "./stores.ts";

const SILENT_MS = 4_000;
const FROZEN_MS = 1_500;
const ENVIRONMENTS = 3;
const BUYERS = 30;

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

/** As before an opening: each environment has bought, is frozen, and thaws on connections that died meanwhile. */
async function thawOnDeadSockets(cloud: FaultCloud): Promise<void> {
  const { workers, redis } = cloud;
  await waitUntil("there is a crowd of warm environments", async () => {
    await buyOthers(cloud);
    return workers.of("purchase").length >= ENVIRONMENTS;
  });
  const environments = workers.of("purchase");
  for (const environment of environments) environment.freeze();
  redis.proxy.deaden();
  await sleep(FROZEN_MS);
  for (const environment of environments) environment.thaw();
}

async function buyOthers({ apiUrl }: FaultCloud): Promise<void> {
  const saleId = await createSale(apiUrl, { name: "Warm", allocated: BUYERS, attemptLimit: 1_000 });
  const once = {
    everyNeverRetries: 1,
    everyAsksAgain: 0,
    waveBuyers: BUYERS,
    waveMs: 0,
    betweenKeysMs: 0,
    limitMs: 30_000,
  };
  await startClosedCrowd({ apiUrl, saleId, purchaseLimit: 1, buyers: BUYERS, ...once }).done();
}

/** A dead connection costs time, and nobody their outcome. */
const nobodyIsUnsure =
  ({ crowd }: Stage): LineCheck =>
  () => {
    const unsure = crowd.log.filter(({ kind }) => kind === "outcome_unknown");
    return unsure.length === 0 ? [] : [`${unsure.length} answers were outcome_unknown`];
  };

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
    inject: async (stage) => {
      stage.alsoJudge(nobodyIsUnsure(stage));
      await stage.midBurst();
    },
  },
];

/** `--cluster`: these, and each line of the design in which Redis is what breaks. */
export const clusterCatalogue: readonly Fault[] = [
  ...ofCluster,
  ...[...redisLost, ...stores, ...frozen].filter(({ name }) => /^(dead-sockets-)?redis/.test(name)),
];
