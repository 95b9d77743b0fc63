import { setTimeout as sleep } from "node:timers/promises";
import { type Clock, systemClock } from "../../core/clock.ts";
import type { SaleId } from "../../core/ids.ts";
import { createGuard, type GuardDependencies } from "../../core/guardian/guard-sale.ts";
import type { GuardedSale } from "../../core/guardian/guarded-sales.postgres.ts";

/** Longer than the guardian waits between two comparisons of a sale, and before it closes one that is over. */
const LATER_MS = 11_000;
const A_FEW_LOOKS = 3;
const MOST_LOOKS = 60;
const LOOK_EVERY_MS = 500;

/** A guardian of its own memory, whose looks at one sale the test decides on. The second half of `support.ts`. */
export function newGuardian(
  deps: GuardDependencies,
  guarded: (saleId: SaleId) => Promise<GuardedSale | undefined>,
) {
  let leaptMs = 0;
  const clock: Clock = { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + leaptMs };
  const guard = createGuard({ ...deps, clock });

  /** @param between happens after the list of sales was read. @throws when nobody guards the sale. */
  async function look(saleId: SaleId, between?: () => Promise<void>): Promise<void> {
    const sale = await guarded(saleId);
    if (!sale) throw new Error("nobody guards this sale");
    await between?.();
    await guard(sale);
  }

  /** A look after enough time for everything that is done now and then. */
  async function lookLater(saleId: SaleId, between?: () => Promise<void>): Promise<void> {
    leaptMs += LATER_MS;
    await look(saleId, between);
  }

  return {
    look,
    lookLater,
    /** A few of them; fewer if the sale is closed meanwhile. */
    async lookAFewTimes(saleId: SaleId): Promise<void> {
      for (let looks = 0; looks < A_FEW_LOOKS && (await guarded(saleId)); looks++) await lookLater(saleId);
    },
    /** @throws when the sale is not closed in half a minute. */
    async untilClosed(saleId: SaleId): Promise<void> {
      for (let looks = 0; await guarded(saleId); looks++) {
        if (looks === MOST_LOOKS) throw new Error("the sale was not closed");
        await lookLater(saleId);
        if (looks >= A_FEW_LOOKS) await sleep(LOOK_EVERY_MS);
      }
    },
  };
}
