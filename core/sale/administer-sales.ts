import { createHash } from "node:crypto";
import type { Kysely } from "kysely";
import type { CreateSaleRequest } from "../contract/admin.ts";
import type { Gate } from "../gate/gate.redis.ts";
import { newSaleId, type SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { WithPicture } from "../picture/with-picture.ts";
import { type Actor, auditChange, auditCreation } from "./audit.ts";
import { recordAudit } from "./audit.postgres.ts";
import { changeSale, type SaleChange } from "./change-sale.ts";
import type { SaleRecords } from "./sale-record.dynamo.ts";
import type { Sale } from "./sale.ts";
import { beginFirstEpoch, insertSale, lockSale, storeSale } from "./sales.postgres.ts";

export type AdministrationDependencies = {
  readonly db: Kysely<Database>;
  readonly gate: Gate;
  readonly records: SaleRecords;
};

export type CreateOutcome =
  { readonly kind: "created"; readonly sale: Sale } | { readonly kind: "key_reused" };

/** Creates a sale and loads its gate. Repeating the request, at any point and by anybody, finishes what is undone. */
export async function createSale(
  deps: AdministrationDependencies,
  request: WithPicture<CreateSaleRequest>,
  creationKey: string,
  actor: Actor,
  nowMs: number,
): Promise<CreateOutcome> {
  const { startsAt, endsAt, picture = null, ...settings } = request;
  const wanted: Sale = {
    ...settings,
    saleId: newSaleId(nowMs),
    startsAtMs: Date.parse(startsAt),
    endsAtMs: endsAt === null ? null : Date.parse(endsAt),
    picture,
    state: "running",
    revision: 1,
    epoch: 0,
  };
  const creationHash = createHash("sha256").update(JSON.stringify(request)).digest("base64url");
  const sale = await deps.db.transaction().execute(async (trx) => {
    const inserted = await insertSale(trx, wanted, { creationKey, creationHash });
    if (inserted?.saleId === wanted.saleId)
      await recordAudit(trx, wanted.saleId, actor, auditCreation(wanted));
    return inserted;
  });
  if (!sale) return { kind: "key_reused" };
  return { kind: "created", sale: await openFirstEpoch(deps, sale) };
}

/**
 * Records that the sale lives, then loads its gate. A crash between the two leaves a sale whose gate is lost: it says
 * so, and the guardian rebuilds it, from nothing sold.
 */
async function openFirstEpoch(deps: AdministrationDependencies, sale: Sale): Promise<Sale> {
  const opened = sale.epoch > 0 ? null : await beginFirstEpoch(deps.db, sale.saleId);
  if (!opened) {
    await deps.records.put(sale);
    return sale;
  }
  await deps.records.put(opened);
  await deps.gate.load(opened);
  return opened;
}

export type UpdateOutcome =
  | { readonly kind: "changed"; readonly sale: Sale }
  | { readonly kind: "not_found" | "recovering" }
  | { readonly kind: "conflict"; readonly why: string };

/**
 * Changes a sale: in PostgreSQL, in the ledger's copy, and in the gate. Repeating it is safe; what a crash leaves undone
 * the guardian brings to the gate.
 *
 * An allocation is lowered in the gate first, which alone knows what is taken, and raised there last, so that the gate
 * never sells what PostgreSQL would refuse.
 */
export async function updateSale(
  deps: AdministrationDependencies,
  saleId: SaleId,
  change: SaleChange,
  actor: Actor,
  nowMs: number,
): Promise<UpdateOutcome> {
  const outcome = await deps.db.transaction().execute(async (trx): Promise<UpdateOutcome> => {
    const sale = await lockSale(trx, saleId);
    if (!sale) return { kind: "not_found" };
    const changed = changeSale(sale, change, nowMs);
    if (changed.kind === "conflict") return changed;
    if (changed.sale.allocated < sale.allocated) {
      const reply = await deps.gate.configure(changed.sale);
      if (reply.kind === "below_taken")
        return {
          kind: "conflict",
          why: `${reply.taken} units are taken: the allocation cannot go below that`,
        };
      if (reply.kind === "lost" || reply.kind === "recovering") return { kind: "recovering" };
    }
    await storeSale(trx, changed.sale);
    const audited = auditChange(sale, changed.sale);
    if (audited) await recordAudit(trx, saleId, actor, audited);
    return { kind: "changed", sale: changed.sale };
  });
  if (outcome.kind !== "changed") return outcome;
  await deps.records.put(outcome.sale);
  await deps.gate.configure(outcome.sale);
  return outcome;
}

/**
 * Brings a gate to the settings that PostgreSQL has. Where the gate has a newer revision, a lowering of the allocation
 * was applied there and its transaction did not commit: the settings get a revision above it, and hold again.
 */
export async function syncSettings(
  deps: Pick<AdministrationDependencies, "db" | "gate">,
  saleId: SaleId,
): Promise<void> {
  await deps.db.transaction().execute(async (trx) => {
    const sale = await lockSale(trx, saleId);
    const view = await deps.gate.inspect(saleId);
    if (!sale || view.kind === "lost") return;
    const revision = Math.max(sale.revision, view.revision);
    if (revision > sale.revision) await storeSale(trx, { ...sale, revision });
    await deps.gate.configure({ ...sale, revision });
  });
}
