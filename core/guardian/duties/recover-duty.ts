import type { GateView } from "../../gate/gate-view.ts";
import { isConserved, takenUnits } from "../../sale/stock.ts";
import type { GuardedSale } from "../guarded-sales.postgres.ts";
import { recoverSale, type RecoverSaleDependencies } from "../recover-sale.ts";
import type { Duty } from "./duty.ts";

/** Rebuilds a gate that can no longer be trusted, or that an operator asked for. */
export function recoverDuty(deps: RecoverSaleDependencies): Duty {
  let looksWithFewer = 0;

  return async ({ sale, view, fence }) => {
    const hasFewer =
      view.stock.sold + view.stock.held < sale.sold || takenUnits(view.stock) < sale.sold + sale.withheld;
    looksWithFewer = hasFewer ? looksWithFewer + 1 : 0;
    // The sale was read before the gate, and units that came back in between make the gate count fewer. Twice in a row
    // they do not.
    const why =
      looksWithFewer > 1 ? "the gate counts fewer units than there are orders" : reasonToRecover(view, sale);
    if (why === null) return "next";
    looksWithFewer = 0;
    await recoverSale(deps, sale.saleId, why, fence);
    return "done";
  };
}

/** Null: the gate can be trusted. */
function reasonToRecover(view: GateView, sale: GuardedSale): string | null {
  if (view.requested !== "") return view.requested;
  if (view.isRecovering) return "a recovery was begun and not finished";
  if (!isConserved(view.stock)) return `the stock is not conserved: ${JSON.stringify(view.stock)}`;
  if (!view.hasAllBuyers) return "the gate has lost buyers";
  if (view.epoch < sale.epoch) return `the gate is of epoch ${view.epoch}, the sale of ${sale.epoch}`;
  return null;
}
