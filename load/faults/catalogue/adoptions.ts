import type { FaultPoint } from "../../../core/fault-point.ts";
import { consumers } from "../../../core/topology.ts";
import { bothLimits, type Fault, losesPlaces, type Stage } from "../fault.ts";
import { ghostsOf, stopBetweenGateAndLedger } from "../ghosts.ts";
import { mustKill } from "../kills.ts";
import { readEntries, returnUnits, untilReturned } from "../returns.ts";
import { untilRecovered } from "../until-recovered.ts";
import { waitUntil } from "../wait-until.ts";
import { atPoint } from "../worker-control.ts";
import { flush } from "./redis-lost.ts";

const EPOCH_BEFORE = 1;

const idsOf = (entries: Awaited<ReturnType<typeof readEntries>>) =>
  new Set(entries.map(({ reservation }) => reservation.orderId));

/** Purchases that stood still through a recovery put their entries. @returns these: no gate counts them yet. */
async function thawedEntries(stage: Stage, ghosts: Awaited<ReturnType<typeof ghostsOf>>) {
  const before = idsOf(await readEntries(stage));
  const late = async () =>
    (await readEntries(stage)).filter(
      ({ reservation: { orderId, epoch } }) => epoch === EPOCH_BEFORE && !before.has(orderId),
    );
  for (const ghost of ghosts) ghost.thaw();
  await waitUntil(
    "the frozen purchases put their entries",
    async () => (await late()).length >= ghosts.length,
  );
  return late();
}

/** Until the consumer, armed to die at the point, has the late entries in its hands. */
async function meetConsumer(stage: Stage, point: FaultPoint) {
  await stage.midBurst();
  const ghosts = await ghostsOf(stage);
  await flush(stage);
  await untilRecovered(stage);
  // Whichever worker gets them.
  await stage.cloud.workers.rearm("consumer", atPoint(point, "SIGKILL", [0, 0, 0, 0, 0]));
  const untilKilled = await mustKill(stage, consumers.orderConsumer.handler);
  return { entries: await thawedEntries(stage, ghosts), untilKilled };
}

const adoption = {
  limits: bothLimits,
  units: 200,
  // A buyer who asks again with that key gets another order, and the late one is refused; here it is to be adopted.
  crowd: { everyNeverRetries: 1 },
  mayReject: true,
  voids: {
    ...losesPlaces,
    sell_out: "fewer buyers than units: a lost reservation whose buyer never asks again is made by nobody",
  },
  prepare: stopBetweenGateAndLedger,
} as const;

const killed = (when: string, point: FaultPoint): Fault => ({
  ...adoption,
  name: `consumer-after-${when}`,
  line: `consumer killed after an adoption${when === "mark" ? " and its mark" : ""}, then Redis FLUSHALL again`,
  inject: async (stage) => {
    const { untilKilled } = await meetConsumer(stage, point);
    await untilKilled();
    await stage.cloud.workers.rearm("consumer", []);
    await flush(stage);
    await untilRecovered(stage, 2);
  },
});

const returned = (when: string, point: FaultPoint): Fault => ({
  ...adoption,
  name: `returns-killed-after-${when}`,
  line: `units taken back of an order to be adopted, the consumer killed after its ${when}`,
  inject: async (stage) => {
    const { entries, untilKilled } = await meetConsumer(stage, point);
    const expected = await returnUnits(stage, entries);
    await untilKilled();
    await stage.cloud.workers.rearm("consumer", []);
    await untilReturned(stage, expected);
  },
});

/** Reservations that a gate counts which did not make them. */
export const adoptions: readonly Fault[] = [
  killed("adoption", "consumer_after_adopt"),
  killed("mark", "consumer_after_mark"),
  returned("adoption", "consumer_after_adopt"),
  returned("mark", "consumer_after_mark"),
];
