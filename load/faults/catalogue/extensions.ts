import { setTimeout as sleep } from "node:timers/promises";
import { connectDatabase } from "../../../core/postgres/connect.postgres.ts";
import { httpFunction } from "../../../core/topology.ts";
import { findSale } from "../../../core/sale/sales.postgres.ts";
import { bothLimits, type Fault, losesPlaces, type Stage } from "../fault.ts";
import { mustKill } from "../kills.ts";
import { archiveNow } from "../archive-now.ts";
import { operate } from "../operate.ts";
import { untilRecovered } from "../until-recovered.ts";
import { waitUntil } from "../wait-until.ts";
import { atPoint } from "../worker-control.ts";
import { flush } from "./redis-lost.ts";

const ENDS_IN_MS = 1_000;
const HOUR_MS = 3_600_000;
/** More than there are units: some are told that the sale has ended, or die with the lost Redis. */
const LATE_BUYERS = 160;
const SOME_LATE_ACCEPTED = 10;
const SOME_LATE_BUYERS = 20;

const endIn = (stage: Stage, ms: number) =>
  operate(stage, { endsAt: new Date(Date.now() + ms).toISOString() });

async function isClosed({ cloud, crowd }: Stage): Promise<boolean> {
  const db = connectDatabase(cloud.stores().databaseUrl);
  try {
    return ((await findSale(db, crowd.saleId))?.closedAtMs ?? null) !== null;
  } finally {
    await db.destroy();
  }
}

const extended = (name: string, line: string, ended: (stage: Stage) => Promise<unknown>): Fault => ({
  name: `extended-after-${name}`,
  line: `sale extended after ${line}; purchases die, then Redis FLUSHALL`,
  limits: bothLimits,
  // Few at first, so that units are left for those who come late.
  units: 100,
  crowd: { buyers: 40, everyNeverRetries: 2 },
  voids: losesPlaces,
  mayReject: true,
  mayEnd: true,
  inject: async (stage) => {
    const { crowd, cloud } = stage;
    await stage.midBurst();
    await endIn(stage, ENDS_IN_MS);
    await sleep(ENDS_IN_MS);
    await ended(stage);
    await endIn(stage, HOUR_MS);
    await cloud.workers.rearm("purchase", atPoint("purchase_after_reserve", "SIGKILL", [1, 1, 2, 2, 3]));
    await mustKill(stage, httpFunction("purchase").handler);
    const before = crowd.accepted();
    crowd.come(LATE_BUYERS);
    await crowd.until(before + SOME_LATE_ACCEPTED, 1);
    await flush(stage);
    await untilRecovered(stage);
  },
});

/** By how much the extension comes after the archiving was asked for: first it is done by then, then about to be. */
const EXTENDED_AFTER_MS = [2_500, 400];

/** Whichever comes first, nothing that was bought is lost, and nobody buys twice. */
const archivedMeanwhile: Fault = {
  name: "archived-meanwhile",
  line: "sale archived before its extension, and in the instant of it",
  limits: bothLimits,
  units: 100,
  crowd: { buyers: 40 },
  mayEnd: true,
  inject: async (stage) => {
    const { crowd } = stage;
    await stage.midBurst();
    for (const afterMs of EXTENDED_AFTER_MS) {
      await endIn(stage, ENDS_IN_MS);
      await waitUntil("the sale is closed", () => isClosed(stage));
      await Promise.all([archiveNow(stage), sleep(afterMs).then(() => endIn(stage, HOUR_MS))]);
      const before = crowd.accepted();
      crowd.come(SOME_LATE_BUYERS);
      await crowd.until(before + SOME_LATE_ACCEPTED, 1);
    }
    crowd.come(LATE_BUYERS);
  },
};

/** Sales that are over, and go on. */
export const extensions: readonly Fault[] = [
  archivedMeanwhile,
  extended("its-end", "its end", () => sleep(ENDS_IN_MS)),
  extended("closing", "it was closed", (stage) => waitUntil("the sale is closed", () => isClosed(stage))),
];
