import { setTimeout as sleep } from "node:timers/promises";
import { bothLimits, type Fault, losesPlaces, type Stage } from "../fault.ts";
import { ghostsOf, stopBetweenGateAndLedger } from "../ghosts.ts";
import { untilRecovered } from "../until-recovered.ts";
import { flush } from "./redis-lost.ts";

/** For a thawed ghost to write to the ledger, and for the consumer to decide on it. */
const GHOST_MS = 4_000;
const FROZEN_MS = 1_500;

async function freezeThroughRecovery(stage: Stage): Promise<void> {
  await stage.midBurst();
  const ghosts = await ghostsOf(stage);
  await flush(stage);
  await untilRecovered(stage);
  for (const ghost of ghosts) ghost.thaw();
  await sleep(GHOST_MS);
}

type Store = keyof Stage["cloud"]["proxies"];

const thawOnDeadSockets = (store: Store): Fault => ({
  name: `dead-sockets-${store}`,
  line: `frozen Lambda thawed with a dead socket (${store})`,
  ...(store === "redis" && { limits: bothLimits }),
  isChaotic: true,
  inject: async (stage) => {
    const { workers, proxies } = stage.cloud;
    await stage.midBurst();
    const frozen = [...workers.of("purchase"), ...workers.of("consumer"), ...workers.of("guardian")];
    for (const worker of frozen) worker.freeze();
    proxies[store].deaden();
    await sleep(FROZEN_MS);
    for (const worker of frozen) worker.thaw();
  },
});

/** Functions that stand still, and go on in a world that went on without them. */
export const frozen: readonly Fault[] = [
  {
    name: "purchase-frozen-sold-out",
    line: "purchase frozen between gate and ledger through a recovery; no unit is left for it",
    limits: bothLimits,
    crowd: { everyNeverRetries: 2 },
    voids: losesPlaces,
    mayReject: true,
    prepare: stopBetweenGateAndLedger,
    inject: freezeThroughRecovery,
  },
  {
    name: "purchase-frozen-units-left",
    line: "purchase frozen between gate and ledger through a recovery; units are left for it",
    limits: bothLimits,
    units: 200,
    crowd: { everyNeverRetries: 2 },
    voids: {
      ...losesPlaces,
      sell_out: "fewer buyers than units: a lost reservation whose buyer never asks again is made by nobody",
    },
    // On a slow machine its buyer has asked again before it goes on, and has another order by then.
    mayReject: true,
    prepare: stopBetweenGateAndLedger,
    inject: freezeThroughRecovery,
  },
  ...(["redis", "dynamo", "sqs", "postgres"] as const).map(thawOnDeadSockets),
];
