import { publishMetrics } from "../../core/metrics.ts";
import { guardDependencies } from "../../core/guardian/guard-dependencies.ts";
import { createGuard } from "../../core/guardian/guard-sale.ts";
import { runGuardian } from "../../core/guardian/guardian.ts";
import { schedules } from "../../core/topology.ts";

/** Kept between runs: a guardian that comes back knows what it has seen of the sales and the leases. */
let prepared: Parameters<typeof runGuardian>[0] | undefined;

async function prepare() {
  const deps = await guardDependencies();
  return { ...deps, guardSale: createGuard(deps) };
}

export async function handler(event: { readonly runSeconds?: number }): Promise<void> {
  prepared ??= await prepare();
  try {
    await runGuardian(prepared, (event.runSeconds ?? schedules.guardian.runSeconds) * 1000);
  } finally {
    publishMetrics();
  }
}
