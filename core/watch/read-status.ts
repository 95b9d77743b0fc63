import type { Clock } from "../clock.ts";
import type { SaleStatus } from "../contract/sale.ts";
import type { SaleId } from "../ids.ts";
import { countAsks } from "./count-asks.ts";
import { readShown } from "./read-shown.ts";
import type { ListDependencies } from "./sale-lists.ts";
import { saleStatus } from "./sale-view.ts";

/** Reads a sale's status for whoever asks, and counts them: the more they are, the longer they are to wait. */
export function createStatusReader(open: () => Promise<ListDependencies>, clock: Clock) {
  const asks = countAsks<SaleId>(clock);

  return {
    noteAsk: asks.note,

    /** Null: there is no such sale. @throws when the ledger does not answer. */
    read: async (saleId: SaleId): Promise<SaleStatus | null> => {
      const shown = await readShown(await open(), saleId);
      if (!shown) return null;
      const status = saleStatus(shown.sale, shown.gate, clock.nowMs(), asks.since(saleId));
      asks.beginReading(saleId, status.pollAfterMs);
      return status;
    },
  };
}
