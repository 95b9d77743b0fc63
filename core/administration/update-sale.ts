import type { Transaction } from "kysely";
import { tellSale, tellSoldOut } from "../events/tell-sale.postgres.ts";
import type { Actor } from "../identity/actor.ts";
import type { SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import { recordAudit } from "../sale/audit.postgres.ts";
import { auditChange } from "../sale/audit.ts";
import { REVISIONS_A_CHANGE, type SaleChange } from "../sale/change-sale.ts";
import type { Sale } from "../sale/sale.ts";
import { giveRevision, lockSale, lookAgainAt, storeSale } from "../sale/sales.postgres.ts";
import { isPublishing, type Obstacle, wasPublished } from "../sale/visibility.ts";
import type { UpdateDependencies } from "./administration-dependencies.ts";
import { announceToJoins, askGateFirst, askGuests, askLine } from "./ask-before-change.ts";
import { changeByGateClock } from "./change-by-gate-clock.ts";
import { askPromises, keepPromises } from "./keep-promises.ts";
import { takeBack, tellStores } from "./put-in-force.ts";

export type UpdateOutcome =
  /** In PostgreSQL. If it is not in force yet, gate or ledger did not answer: the guardian finishes within seconds. */
  | { readonly kind: "changed"; readonly sale: Sale; readonly isInForce: boolean }
  | { readonly kind: "not_found" | "recovering" }
  | { readonly kind: "conflict"; readonly why: string; readonly obstacles?: readonly Obstacle[] };

/**
 * Changes a sale: in PostgreSQL, in the ledger's copy, and in the gate. Repeating it is safe; what a crash leaves undone
 * the guardian brings to ledger and gate.
 *
 * Each try takes a revision of its own, committed before any store hears of it: a command to the gate that runs out of
 * time may arrive whenever it likes, and never stands for anything but what was asked for then. What only the gate knows
 * it decides first, under the row's lock: whether an allocation can be lowered so far, and whether the sale has begun.
 *
 * A draft is in PostgreSQL alone. The transaction that publishes it moves its epoch to 1, so that one caller loads its gate,
 * however many publish it at once; a crash before the gate is there leaves one that is lost, which the guardian rebuilds.
 */
export async function updateSale(
  deps: UpdateDependencies,
  saleId: SaleId,
  change: SaleChange,
  actor: Actor,
): Promise<UpdateOutcome> {
  for (;;) {
    const revision = await giveRevision(deps.db, saleId, REVISIONS_A_CHANGE);
    if (revision === null) return { kind: "not_found" };
    const outcome = await deps.db
      .transaction()
      .execute((trx) => changeLocked(deps, trx, { saleId, change, actor, revision }));
    if (outcome.kind === "overtaken") continue;
    if ("isGateAhead" in outcome) await takeBack(deps, saleId);
    if (outcome.kind !== "changed") return outcome;
    const { sale, isPublished } = outcome;
    return { kind: "changed", sale, isInForce: await tellStores(deps, sale, isPublished) };
  }
}

type LockedChange = {
  readonly saleId: SaleId;
  readonly change: SaleChange;
  readonly actor: Actor;
  readonly revision: number;
};

async function changeLocked(deps: UpdateDependencies, trx: Transaction<Database>, request: LockedChange) {
  const { saleId, change, actor, revision } = request;
  const sale = await lockSale(trx, saleId);
  if (!sale) return { kind: "not_found" } as const;
  // A later change has taken later revisions, and has come first.
  if (sale.revision > revision - REVISIONS_A_CHANGE) return { kind: "overtaken" } as const;
  const changed = await changeByGateClock(deps.gate, sale, change, revision);
  if (changed.kind === "conflict") return changed;
  if (changed.kind === "changed" && wasPublished(sale)) {
    const stays = (await askLine(deps, sale, changed.sale)) ?? (await askGuests(deps, sale, changed.sale));
    if (stays !== null) return { kind: "conflict", why: stays } as const;
    const refusal =
      (await askPromises(deps, sale, changed.sale)) ?? (await askGateFirst(deps.gate, sale, changed));
    if (refusal) return refusal;
    const promised = await keepPromises(deps, sale, changed.sale, actor.role);
    if (promised) return promised;
    const joined = await announceToJoins(deps, sale, changed.sale);
    if (joined !== null) return { kind: "conflict", why: joined, isGateAhead: true } as const;
  }
  await storeSale(trx, changed.sale);
  if (changed.sale.closedAtMs !== null) await lookAgainAt(trx, saleId);
  await tellChange(trx, sale, changed.sale);
  const audited = auditChange(sale, changed.sale);
  const said = "guestList" in change ? change.rows : {};
  if (audited) await recordAudit(trx, saleId, actor, { ...audited, after: { ...audited.after, ...said } });
  const isPublished = isPublishing(sale, changed.sale);
  return { kind: "changed", sale: changed.sale, isPublished } as const;
}

/** Tells the merchant's own systems what a change means to them, in its transaction. */
async function tellChange(trx: Transaction<Database>, before: Sale, after: Sale): Promise<void> {
  if (!wasPublished(before)) return;
  if (before.state !== after.state)
    await tellSale(trx, after.saleId, after.state === "running" ? "resumed" : after.state, after.revision);
  if (before.allocated !== after.allocated) await tellSoldOut(trx, [after.saleId]);
}
