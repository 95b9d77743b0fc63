import type { Kysely } from "kysely";
import type { Clock } from "../clock.ts";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import { fingerprintOfGuarded, type GuardedSale, guardedSales } from "./guarded-sales.postgres.ts";
import { LOOK_EVERY_MS } from "./look-rhythm.ts";

/**
 * How often PostgreSQL is asked whether the list of sales has changed. Nothing else tells of a change that its gate did not hear
 * of (docs/decisions/0147-the-guardian-asks-postgresql-each-two-seconds.md).
 */
const ASK_EVERY_MS = 2_000;

/** A sale with what the guardian remembers of its looks. Times are monotonic. */
export type Watched = {
  sale: GuardedSale;
  /** The gate's fingerprint when a look found nothing under way; null: it must be looked into. */
  calmAt: string | null;
  /** No look at it was ever finished by this guardian. */
  isNew: boolean;
  quietSinceMs: number;
  dueAtMs: number;
};

export type WatchList = ReturnType<typeof createWatchList>;

/**
 * The sales that are looked after, as PostgreSQL has them. It is asked for one short text, and for the list only when that
 * has changed.
 */
export function createWatchList({ db, clock }: { readonly db: Kysely<Database>; readonly clock: Clock }) {
  const watched = new Map<SaleId, Watched>();
  let askedAtMs = Number.NEGATIVE_INFINITY;
  let known = "";

  function note(sale: GuardedSale): void {
    const before = watched.get(sale.saleId);
    const nowMs = clock.monotonicMs();
    if (before && isSame(before.sale, sale)) return;
    if (before) Object.assign(before, { sale, calmAt: null, quietSinceMs: nowMs, dueAtMs: nowMs });
    else watched.set(sale.saleId, { sale, calmAt: null, isNew: true, quietSinceMs: nowMs, dueAtMs: nowMs });
  }

  return {
    all: (): Iterable<Watched> => watched.values(),

    /** Makes every sale due: what happened to one may have happened to all. */
    hurry(): void {
      const nowMs = clock.monotonicMs();
      for (const entry of watched.values()) entry.dueAtMs = Math.min(entry.dueAtMs, nowMs + LOOK_EVERY_MS);
    },

    /** Asks whether the list has changed, if it is time. @throws when PostgreSQL does not say: its last word stays. */
    async refresh(): Promise<void> {
      const nowMs = clock.monotonicMs();
      if (nowMs - askedAtMs < ASK_EVERY_MS) return;
      // Read before the list: a change that comes in between is found at the next asking.
      const fingerprint = await fingerprintOfGuarded(db);
      if (fingerprint !== known) {
        const sales = await guardedSales(db);
        sales.forEach(note);
        const ids = new Set(sales.map(({ saleId }) => saleId));
        for (const saleId of watched.keys()) if (!ids.has(saleId)) watched.delete(saleId);
      }
      known = fingerprint;
      askedAtMs = nowMs;
    },

    /**
     * The same sales as PostgreSQL has them now; without those that are not guarded any more. @throws as `refresh`.
     */
    async readAnew(some: readonly Watched[]): Promise<GuardedSale[]> {
      return some.length === 0
        ? []
        : guardedSales(
            db,
            some.map(({ sale }) => sale.saleId),
          );
    },
  };
}

const isSame = (a: GuardedSale, b: GuardedSale) =>
  a.revision === b.revision && a.epoch === b.epoch && a.sold === b.sold && a.withheld === b.withheld;
