import { createGateRebuild } from "../../../core/gate/rebuild.redis.ts";
import { httpFunction } from "../../../core/topology.ts";
import { bothLimits, type Fault, type LineCheck, type Stage } from "../fault.ts";
import { ghostsOf, stopBetweenGateAndLedger } from "../ghosts.ts";
import { hasKilled } from "../kills.ts";
import { untilRecovered } from "../until-recovered.ts";
import { atPoint } from "../worker-control.ts";

const CLOSED_LESS_THAN_MS = 2_000;

const isQuick: LineCheck = ({ recoveries }) =>
  recoveries
    .filter(({ drainMs, rebuildMs }) => drainMs + rebuildMs >= CLOSED_LESS_THAN_MS)
    .map(({ epoch, drainMs, rebuildMs }) => `epoch ${epoch} closed the sale for ${drainMs + rebuildMs} ms`);

/** Redis is alive and the same: nothing that the gate knows may be lost. */
async function requestRecovery(stage: Stage): Promise<void> {
  const { cloud, crowd } = stage;
  stage.alsoJudge(isQuick);
  await createGateRebuild(cloud.redis.node().client).request(crowd.saleId, "the fault matrix asked for it");
  await untilRecovered(stage);
}

/** Recoveries that are asked for while nothing is broken. */
export const quickRecoveries: readonly Fault[] = [
  {
    name: "recovery-requested",
    line: "recovery requested on a healthy Redis, while purchases die after Lua",
    limits: bothLimits,
    crowd: { everyNeverRetries: 2 },
    prepare: (cloud) =>
      cloud.workers.rearm("purchase", atPoint("purchase_after_reserve", "SIGKILL", [2, 3, 3, 4, 4, 1, 2, 3])),
    inject: async (stage) => {
      await stage.midBurst();
      await requestRecovery(stage);
    },
    hasStruck: hasKilled(httpFunction("purchase").handler),
  },
  {
    name: "purchase-frozen-quick-recovery",
    line: "purchase frozen between gate and ledger through a recovery that was requested",
    limits: bothLimits,
    crowd: { everyNeverRetries: 2 },
    prepare: stopBetweenGateAndLedger,
    inject: async (stage) => {
      await stage.midBurst();
      const ghosts = await ghostsOf(stage);
      await requestRecovery(stage);
      for (const ghost of ghosts) ghost.thaw();
    },
  },
];
