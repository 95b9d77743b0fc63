import type { SaleId } from "../ids.ts";
import type { Warn } from "../log.ts";
import type { Measure } from "../metrics.ts";
import type { GuardianLease } from "./lease.dynamo.ts";
import { recover, type RecoveryDependencies } from "./recover.ts";

export type RecoverSaleDependencies = RecoveryDependencies & {
  readonly lease: GuardianLease;
  readonly measure: Measure;
  readonly warn: Warn;
};

/** Recovers a sale for the guardian that holds its lease, and renews the lease on the way. @throws when it is lost. */
export async function recoverSale(
  deps: RecoverSaleDependencies,
  saleId: SaleId,
  why: string,
  fence: number,
): Promise<void> {
  deps.warn("recovering a sale", { saleId, why });
  deps.measure("Recoveries", 1);
  const report = await recover(deps, saleId, why, fence, async () => {
    const lease = await deps.lease.hold();
    if (lease?.fence !== fence)
      throw new Error(`the lease was lost in the middle of a recovery of ${saleId}`);
  });
  deps.warn("recovered a sale", { saleId, why, report });
}
