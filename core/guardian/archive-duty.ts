import type { Clock } from "../clock.ts";
import type { Warn } from "../log.ts";
import { type ArchiveDependencies, archiveSale } from "./archive-sale.ts";
import { salesToArchive } from "./archive.postgres.ts";

/** How often PostgreSQL is asked which sales are to be archived, and how many are then. */
const ASK_EVERY_MS = 60_000;
const MOST_AT_ONCE = 20;

type Dependencies = ArchiveDependencies & { readonly clock: Clock; readonly warn: Warn };

/** Archives the sales that were closed a while ago, some each minute. A sale that cannot be archived is tried again. */
export function archiveDuty(deps: Dependencies): () => Promise<void> {
  let askedAtMs = Number.NEGATIVE_INFINITY;

  return async () => {
    const nowMs = deps.clock.monotonicMs();
    if (nowMs - askedAtMs < ASK_EVERY_MS) return;
    askedAtMs = nowMs;
    for (const sale of await salesToArchive(deps.db, deps.clock.nowMs(), MOST_AT_ONCE)) {
      try {
        await archiveSale(deps, sale);
      } catch (error) {
        deps.warn("a sale was not archived", { saleId: sale.saleId, error });
      }
    }
  };
}
