import type { ConfigureReply } from "../gate/gate-replies.ts";
import { hasSameSettings } from "../gate/settings.ts";
import type { SaleId } from "../ids.ts";
import { log } from "../log.ts";
import type { Sale } from "../sale/sale.ts";
import { findSale, giveRevision, lockSale, storeSale } from "../sale/sales.postgres.ts";
import { wasPublished } from "../sale/visibility.ts";
import type { AdministrationDependencies, UpdateDependencies } from "./administration-dependencies.ts";
import { loadFirstGate } from "./first-gate.ts";

/** Tells ledger and gate of a change; of a draft there is nobody to tell. Answers whether it is in force. */
export async function tellStores(
  deps: AdministrationDependencies,
  sale: Sale,
  isPublished: boolean,
): Promise<boolean> {
  if (!wasPublished(sale)) return true;
  if (isPublished) {
    await loadFirstGate(deps, sale);
    return true;
  }
  const inForce = await Promise.all([putInForce(deps, sale), putCopy(deps, sale)]);
  return inForce.every(Boolean);
}

/** A gate that is closed keeps the settings for when it opens; one that is lost is rebuilt from PostgreSQL's. */
async function putInForce(deps: AdministrationDependencies, sale: Sale): Promise<boolean> {
  const { saleId, revision } = sale;
  try {
    const { kind } = await deps.gate.configure(sale, "committed");
    // A later change has come to the gate, or one that never was committed.
    return kind === "stale" ? await syncSettings(deps, saleId) : takesEffect(kind);
  } catch (error) {
    log.warn("the gate was not told of a change", { saleId, revision, error });
    return false;
  }
}

/** A gate that is closed or lost goes by PostgreSQL's settings once it opens. */
const takesEffect = (kind: ConfigureReply["kind"]): boolean =>
  kind === "configured" || kind === "recovering" || kind === "lost";

/** Shoppers see the copy. */
async function putCopy({ records }: AdministrationDependencies, sale: Sale): Promise<boolean> {
  try {
    await records.put(sale);
    return true;
  } catch (error) {
    log.warn("the ledger has an older copy of a sale", { saleId: sale.saleId, error });
    return false;
  }
}

/**
 * Brings a gate to the settings that PostgreSQL has, under a revision above any that a late command may bear. Where the
 * gate has settings that were never committed, the committed ones replace them.
 *
 * @returns whether the gate goes by them now, or will once it opens. False: somebody else is changing the sale, or the gate
 * cannot take them; the guardian looks again.
 */
export async function syncSettings(
  deps: Pick<AdministrationDependencies, "db" | "gate">,
  saleId: SaleId,
): Promise<boolean> {
  const [present, view] = [await findSale(deps.db, saleId), await deps.gate.inspect(saleId)];
  if (!present) return false;
  if (view.kind === "lost") return true;
  const isSame = hasSameSettings(present, { ...view, allocated: view.stock.allocated });
  if (isSame && view.revision === present.revision) return true;
  const revision = await giveRevision(deps.db, saleId);
  if (revision === null) return false;
  const sale = await deps.db.transaction().execute(async (trx) => {
    const locked = await lockSale(trx, saleId);
    if (!locked || locked.revision >= revision) return null;
    await storeSale(trx, { ...locked, revision });
    return { ...locked, revision };
  });
  return sale !== null && takesEffect((await deps.gate.configure(sale, "committed")).kind);
}

/** A change came to nothing that the gate goes by already. If this fails, a guardian does it within seconds. */
export async function takeBack(deps: UpdateDependencies, saleId: SaleId): Promise<void> {
  try {
    await syncSettings(deps, saleId);
  } catch (error) {
    log.warn("the gate goes by a change that was refused", { saleId, error });
  }
}
