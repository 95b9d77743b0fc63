import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../fault.ts";
import { operate } from "../operate.ts";

const PAUSED_MS = 3_000;
const UNITS = { start: 80, raised: 110, lowered: 90 } as const;
const SOME_ACCEPTED = 3;
/** Slow enough that units are left when the change comes. */
const unhurried = { waveMs: 1_000 } as const;

/** What operators do in the middle of a sale. */
export const changes: readonly Fault[] = [
  {
    name: "pause-in-mid-burst",
    line: "pause in mid-burst",
    isChaotic: true,
    inject: async (stage) => {
      await stage.midBurst();
      await operate(stage, "pause");
      await sleep(PAUSED_MS);
      await operate(stage, "resume");
    },
  },
  {
    name: "allocation-changed",
    line: "allocation raised and lowered in mid-sale",
    units: UNITS.start,
    crowd: unhurried,
    inject: async (stage) => {
      await stage.crowd.until(SOME_ACCEPTED, 0);
      await operate(stage, { allocated: UNITS.raised });
      await stage.midBurst();
      await operate(stage, { allocated: UNITS.lowered });
    },
  },
  {
    name: "allocation-lowered-unclear",
    line: "allocation lowered while the gate's answers are lost",
    units: UNITS.raised,
    crowd: unhurried,
    inject: async (stage) => {
      await stage.midBurst();
      stage.cloud.proxies.redis.set("swallow");
      await operate(stage, { allocated: UNITS.lowered }).catch(() => {});
      stage.cloud.proxies.redis.set("pass");
    },
  },
];
