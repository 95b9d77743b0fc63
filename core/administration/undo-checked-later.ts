import type { Kysely } from "kysely";
import type { AuditValues } from "../contract/audit.ts";
import type { UndoCheckedLaterRequest } from "../contract/line.ts";
import type { Actor } from "../identity/actor.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import type { Joins } from "../line/joins.dynamo.ts";
import type { Undoing } from "../line/lanes.dynamo.ts";
import type { LineLogs } from "../line/line-log.dynamo.ts";
import { openList } from "../line/line-state.ts";
import type { Database } from "../postgres/database.ts";
import { recordAudit } from "../sale/audit.postgres.ts";

export type UndoDependencies = {
  readonly db: Kysely<Database>;
  readonly addresses: Pick<Addresses, "buyerOf">;
  readonly joins: Pick<Joins, "find" | "undoLane">;
  readonly logs: Pick<LineLogs, "read">;
};

export type UndoOutcome =
  | { readonly kind: "undone" }
  /** The list closes or has closed: nothing was moved. */
  | { readonly kind: "too_late" }
  /** Nobody with this address is in the list; or they are, and are not checked later. */
  | { readonly kind: "no_entry" | "not_demoted" }
  /** So many single entries were moved in this list that no more can be: a reason still can. */
  | { readonly kind: "too_many" };

/**
 * Moves entries of the open list back to lane 0. Who wished it is written down first; then one conditional write decides, which
 * is refused once the guardian has sealed the list. Safe to repeat.
 */
export async function undoCheckedLater(
  deps: UndoDependencies,
  saleId: SaleId,
  request: UndoCheckedLaterRequest,
  actor: Actor,
): Promise<UndoOutcome> {
  const { list, why, email } = request;
  if (openList(await deps.logs.read(saleId)) !== list) return { kind: "too_late" };
  const what = why === undefined ? await ofBuyer(deps, saleId, list, email!) : { why };
  if ("kind" in what) return what;
  const after: AuditValues = { list, lane: 0, ...what };
  await deps.db
    .transaction()
    .execute((trx) => recordAudit(trx, saleId, actor, { action: "lane_undo_wished", before: {}, after }));
  const outcomes = { undone: "undone", sealed: "too_late", full: "too_many" } as const;
  return { kind: outcomes[await deps.joins.undoLane(saleId, list, what)] };
}

async function ofBuyer(
  { addresses, joins }: UndoDependencies,
  saleId: SaleId,
  list: number,
  email: string,
): Promise<Exclude<Undoing, { why: unknown }> | Exclude<UndoOutcome, { kind: "undone" }>> {
  const buyerId: BuyerId | null = await addresses.buyerOf(email);
  const entry = buyerId && (await joins.find(saleId, list, buyerId));
  if (!entry) return { kind: "no_entry" };
  return entry.why === null && entry.lane === 0 ? { kind: "not_demoted" } : { buyerId: entry.buyerId };
}
