import { publishMetrics } from "../../core/metrics.ts";
import { archiveDuty } from "../../core/guardian/duties/archive-duty.ts";
import { goAsksClient } from "../../core/clients/go-asks.ts";
import { guardDependencies } from "../../core/clients/guard-dependencies.ts";
import { createGuard } from "../../core/guardian/guard-sale.ts";
import { runGuardian } from "../../core/guardian/guardian.ts";
import { createWatchList } from "../../core/guardian/watch-list.ts";
import { schedules } from "../../core/topology.ts";
import { loadConfig } from "../../core/config.ts";
import { goDuty } from "../../core/preflight/ask-for-go.ts";
import { isSaleNear } from "../../core/preflight/near-sales.postgres.ts";

const { guardian } = schedules;
const config = loadConfig(["LEDGER_TABLE", "DYNAMODB_ENDPOINT"]);

/** Kept between runs: a guardian that comes back knows what it has seen of the sales and the lease. */
let prepared: Awaited<ReturnType<typeof prepare>> | undefined;

async function prepare() {
  const [deps, goAsks] = await Promise.all([guardDependencies(), goAsksClient(config)]);
  return {
    ...deps,
    guardSale: createGuard(deps),
    sales: createWatchList(deps),
    archive: archiveDuty(deps),
    askForGo: goDuty({ ...deps, goAsks }),
  };
}

export async function handler(event: { readonly runSeconds?: number }): Promise<void> {
  prepared ??= await prepare();
  try {
    await runGuardian(prepared, (event.runSeconds ?? (await scheduledSeconds(prepared))) * 1000);
  } finally {
    publishMetrics();
  }
}

/** A minute's watch while a sale is near, else one look at each: an idle stage pays for a second a minute. */
async function scheduledSeconds({ db, clock, warn }: NonNullable<typeof prepared>): Promise<number> {
  try {
    return (await isSaleNear(db, clock.nowMs())) ? guardian.runSeconds : 0;
  } catch (error) {
    warn("PostgreSQL did not say whether a sale is near", { error });
    return guardian.runSeconds;
  }
}
