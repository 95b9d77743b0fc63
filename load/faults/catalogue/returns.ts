import { setTimeout as sleep } from "node:timers/promises";
import type { FaultPoint } from "../../../core/fault-point.ts";
import { gateKeys } from "../../../core/gate/keys.ts";
import { consumers } from "../../../core/topology.ts";
import { bothLimits, type Fault, losesPlaces, type Stage } from "../fault.ts";
import { mustKill } from "../kills.ts";
import { readEntries, returnUnits, untilReturned } from "../returns.ts";
import { sellTheRest } from "../sell-the-rest.ts";
import { untilRecovered } from "../until-recovered.ts";
import { waitUntil } from "../wait-until.ts";
import { atPoint } from "../worker-control.ts";
import { flush } from "./redis-lost.ts";

/** Of the orders that the ledger has in mid-burst. */
const EVERY = 2;

/** Operators take units of some orders back, whose messages may still be on the queue. */
export async function returnSome(stage: Stage) {
  const entries = await readEntries(stage);
  return returnUnits(
    stage,
    entries.filter((_, i) => i % EVERY === 0),
  );
}

async function sellAgain(stage: Stage, expected: Awaited<ReturnType<typeof returnSome>>): Promise<void> {
  await untilReturned(stage, expected);
  await sellTheRest(stage);
}

const killed = (when: string, point: FaultPoint): Fault => ({
  name: `returns-killed-${when.replaceAll(" ", "-")}`,
  line: `units taken back in mid-burst, the consumer killed ${when}`,
  limits: bothLimits,
  inject: async (stage) => {
    await stage.midBurst();
    await stage.cloud.workers.rearm("consumer", atPoint(point, "SIGKILL", [0, 0, 1]));
    await mustKill(stage, consumers.orderConsumer.handler);
    await sellAgain(stage, await returnSome(stage));
  },
});

const isClosed = async ({ cloud, crowd }: Stage) =>
  (await cloud.redis.node().client.hget(gateKeys(crowd.saleId).gate, "recovering")) === "1";

/** Operators' wishes, and units that come back, under every kind of crash. */
export const returns: readonly Fault[] = [
  {
    name: "returns",
    line: "units taken back in mid-burst, partly and wholly, withheld or sold again",
    limits: bothLimits,
    inject: async (stage) => {
      await stage.midBurst();
      // It would find in its comparison of the stores what nobody gave back at once.
      await stage.cloud.guardians.down();
      await sellAgain(stage, await returnSome(stage));
      stage.cloud.guardians.add();
      stage.alsoJudge(({ recoveries }) => recoveries.map(({ why }) => `recovered because ${why}`));
    },
  },
  killed("inside its transaction", "consumer_inside_transaction"),
  killed("after commit", "consumer_after_commit"),
  killed("after copying", "consumer_after_copy"),
  {
    name: "returns-in-recovery",
    line: "units taken back while the gate is recovering",
    limits: bothLimits,
    voids: losesPlaces,
    mayReject: true,
    inject: async (stage) => {
      await stage.midBurst();
      await flush(stage);
      await waitUntil("the gate is closed", () => isClosed(stage));
      const expected = await returnSome(stage);
      await untilRecovered(stage);
      await sellAgain(stage, expected);
    },
  },
  {
    name: "returns-before-redis-is-lost",
    line: "units taken back in mid-burst, then Redis FLUSHALL",
    limits: bothLimits,
    voids: losesPlaces,
    mayReject: true,
    inject: async (stage) => {
      await stage.midBurst();
      const expected = await returnSome(stage);
      await sleep(100);
      await flush(stage);
      await untilRecovered(stage);
      await sellAgain(stage, expected);
    },
  },
];
