import type { Clock } from "../../clock.ts";
import type { Warn } from "../../log.ts";
import { type ArchiveDependencies, archiveSale } from "../archive-sale.ts";
import { closedLately, salesToArchive } from "../archive.postgres.ts";
import { copiedVersions, versionOf } from "./copy-duty.ts";

/** How often PostgreSQL is asked which sales are to be archived, and how many are then. */
const ASK_EVERY_MS = 60_000;
const MOST_AT_ONCE = 20;

type Dependencies = ArchiveDependencies & { readonly clock: Clock; readonly warn: Warn };

/**
 * Archives the sales that were closed a while ago, some each minute, and writes the copies of those that were closed lately: whoever
 * closed or retired one may have failed to. A sale that cannot be archived is tried again.
 */
export function archiveDuty(deps: Dependencies): () => Promise<void> {
  let askedAtMs = Number.NEGATIVE_INFINITY;

  return async () => {
    const nowMs = deps.clock.monotonicMs();
    if (nowMs - askedAtMs < ASK_EVERY_MS) return;
    askedAtMs = nowMs;
    await copyClosed(deps);
    for (const sale of await salesToArchive(deps.db, deps.clock.nowMs(), MOST_AT_ONCE)) {
      try {
        await archiveSale(deps, sale);
      } catch (error) {
        deps.warn("a sale was not archived", { saleId: sale.saleId, error });
      }
    }
  };
}

/** Of a sale that was closed longer ago the copy is written when it is archived. */
async function copyClosed({ db, saleRecords, clock, warn }: Dependencies): Promise<void> {
  const sales = await closedLately(db, clock.nowMs());
  if (sales.length === 0) return;
  const copies = copiedVersions({ saleRecords });
  for (const sale of sales) {
    try {
      if ((await copies.of(sale.saleId)) !== versionOf(sale)) await saleRecords.put(sale);
    } catch (error) {
      warn("the copy of a closed sale was not written", { saleId: sale.saleId, error });
    }
  }
}
