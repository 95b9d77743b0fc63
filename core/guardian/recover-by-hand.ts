import type { SaleId } from "../ids.ts";
import type { GuardDependencies } from "./guard-sale.ts";
import { LEASE_TERM_MS } from "./lease.dynamo.ts";
import { recover } from "./recover.ts";
import { latestRecovery } from "./recovery.postgres.ts";

const WHY = "an operator asked for it";
const LOOK_EVERY_MS = 500;
/** Drain, rebuild and some patience. */
const PATIENCE_MS = 120_000;

/**
 * Recovers a sale now. It asks the guardian that holds the lease; if none moves for a term, it recovers the sale itself.
 *
 * @returns the record that the recovery wrote. @throws when none was written in time: look at the guardian's log.
 */
export async function recoverByHand(deps: GuardDependencies, saleId: SaleId) {
  const before = await latestRecovery(deps.db, saleId);
  await deps.rebuild.request(saleId, WHY);
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += LOOK_EVERY_MS) {
    const latest = await latestRecovery(deps.db, saleId);
    if (latest && latest.epoch !== before?.epoch) return latest;
    if (waitedMs > LEASE_TERM_MS) await recoverIfUnguarded(deps, saleId);
    await new Promise((resume) => setTimeout(resume, LOOK_EVERY_MS));
  }
  throw new Error(`no recovery of ${saleId} was finished within ${PATIENCE_MS / 1000} s`);
}

/** A guardian that comes back in the middle stops us, and finishes what we began: then we go on waiting for its record. */
async function recoverIfUnguarded(deps: GuardDependencies, saleId: SaleId): Promise<void> {
  const lease = await deps.lease.hold();
  if (!lease) return;
  try {
    await recover(deps, saleId, WHY, lease.fence, async () => {
      const kept = await deps.lease.hold();
      if (kept?.fence !== lease.fence) throw new Error("the lease was lost");
    });
  } catch (error) {
    deps.warn("a recovery by hand was stopped", { saleId, error });
  } finally {
    await deps.lease.release();
  }
}
