import { setTimeout as sleep } from "node:timers/promises";
import { bothLimits, type Fault, type LineCheck, losesPlaces, type Stage } from "../fault.ts";
import type { ClusterFaults } from "../stores/changing-redis.ts";
import { waitUntil } from "../wait-until.ts";
import { frozen } from "./frozen.ts";
import { redisLost } from "./redis-lost.ts";
import { stores } from "./stores.ts";

const SILENT_MS = 4_000;
const FROZEN_MS = 1_500;
const WAVE_MS = 10_000;
const FIRST_WAVE_ACCEPTED = 30;

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

/** The environments that sold to the first wave are frozen, and thaw on connections that died, before the second comes. */
async function thawOnDeadSockets({ cloud, crowd }: Stage): Promise<void> {
  await crowd.until(FIRST_WAVE_ACCEPTED, 0);
  await waitUntil("the first wave has its answers", async () => crowd.inFlight() === 0);
  const environments = cloud.workers.of("purchase");
  if (environments.length < 2) throw new Error("there is no crowd of environments: nothing was tested");
  for (const environment of environments) environment.freeze();
  cloud.redis.proxy.deaden();
  await sleep(FROZEN_MS);
  for (const environment of environments) environment.thaw();
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
    line: "a crowd meets warm environments whose connections all died while they were frozen",
    crowd: { waveBuyers: 50, waveMs: WAVE_MS },
    inject: async (stage) => {
      stage.alsoJudge(nobodyIsUnsure(stage));
      await thawOnDeadSockets(stage);
      await stage.midBurst();
    },
  },
];

/** `--cluster`: these, and each line of the design in which Redis is what breaks. */
export const clusterCatalogue: readonly Fault[] = [
  ...ofCluster,
  ...[...redisLost, ...stores, ...frozen].filter(({ name }) => /^(dead-sockets-)?redis/.test(name)),
];
