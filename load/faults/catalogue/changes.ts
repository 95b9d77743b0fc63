import { setTimeout as sleep } from "node:timers/promises";
import { callApi } from "../../../local/call-api.ts";
import { localSession } from "../../local-session.ts";
import type { Fault, Stage } from "../fault.ts";

const PAUSED_MS = 3_000;
const UNITS = { start: 80, raised: 110, lowered: 90 } as const;
const SOME_ACCEPTED = 3;
/** Slow enough that units are left when the change comes. */
const unhurried = { waveMs: 1_000 } as const;

const change = ({ cloud, crowd }: Stage, method: string, path: string, body?: unknown) =>
  callApi(cloud.apiUrl, `${method} /api/admin/sales/${crowd.saleId}${path}`, {
    token: localSession("operator").token,
    ...(body !== undefined && { body }),
  });

/** What operators do in the middle of a sale. */
export const changes: readonly Fault[] = [
  {
    name: "pause-in-mid-burst",
    line: "pause in mid-burst",
    isChaotic: true,
    inject: async (stage) => {
      await stage.midBurst();
      await change(stage, "POST", "/pause");
      await sleep(PAUSED_MS);
      await change(stage, "POST", "/resume");
    },
  },
  {
    name: "allocation-changed",
    line: "allocation raised and lowered in mid-sale",
    units: UNITS.start,
    crowd: unhurried,
    inject: async (stage) => {
      await stage.crowd.until(SOME_ACCEPTED, 0);
      await change(stage, "PATCH", "", { allocated: UNITS.raised });
      await stage.midBurst();
      await change(stage, "PATCH", "", { allocated: UNITS.lowered });
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
      await change(stage, "PATCH", "", { allocated: UNITS.lowered }).catch(() => {});
      stage.cloud.proxies.redis.set("pass");
    },
  },
];
