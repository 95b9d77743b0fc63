import type { Gate } from "../gate/gate.redis.ts";
import type { SaleId } from "../ids.ts";
import { closeDuty } from "./duties/close-duty.ts";
import { copyDuty } from "./duties/copy-duty.ts";
import type { Duty } from "./duties/duty.ts";
import { lineDuty, type LineDependencies } from "./duties/line-duty.ts";
import { reconcileDuty, type ReconcileDependencies } from "./duties/reconcile-duty.ts";
import { publishDuty, type PublishDependencies } from "./duties/publish-duty.ts";
import { recoverDuty } from "./duties/recover-duty.ts";
import { relayDuty } from "./duties/relay-duty.ts";
import { settingsDuty } from "./duties/settings-duty.ts";
import type { GuardedSale } from "./guarded-sales.postgres.ts";
import { recoverSale } from "./recover-sale.ts";

export type GuardDependencies = ReconcileDependencies &
  LineDependencies &
  PublishDependencies & { readonly gate: Gate };

/** Between the record that a new sale's gate is loaded and the gate itself. */
const CREATION_MS = 1_000;

/** What is done for a sale in each look, in this order. Each sale has duties of its own, with what they remember. */
const dutiesOf = (deps: GuardDependencies): readonly Duty[] => [
  recoverDuty(deps),
  relayDuty(deps),
  settingsDuty(deps),
  copyDuty(deps),
  lineDuty(deps),
  reconcileDuty(deps),
  publishDuty(deps),
  closeDuty(deps),
];

/** Looks after sales: a look takes or renews the sale's lease, and does nothing without it. */
export function createGuard(deps: GuardDependencies) {
  const dutiesBySale = new Map<SaleId, readonly Duty[]>();

  return async function guardSale(sale: GuardedSale): Promise<void> {
    const { saleId } = sale;
    const lease = await deps.leases.hold(saleId);
    if (!lease) return;
    const view = await inspect(deps.gate, sale);
    if (view.kind === "lost")
      return recoverSale(
        deps,
        saleId,
        "the gate is lost: no keys, or those of another Redis life",
        lease.fence,
      );
    const duties = dutiesBySale.get(saleId) ?? dutiesOf(deps);
    dutiesBySale.set(saleId, duties);
    const look = { sale, view, fence: lease.fence, comparison: null };
    for (const duty of duties) if ((await duty(look)) === "done") return;
  };
}

/** A gate that is not there may be in the making: recorded as loaded, and not loaded yet. */
async function inspect(gate: Gate, sale: GuardedSale) {
  const view = await gate.inspect(sale.saleId);
  if (view.kind !== "lost" || sale.epoch > 1 || sale.sold > 0) return view;
  await new Promise((resume) => setTimeout(resume, CREATION_MS));
  return gate.inspect(sale.saleId);
}
