import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Kysely, Transaction } from "kysely";
import type { CreateSaleRequest } from "../contract/admin.ts";
import { noGuestList } from "../contract/guests.ts";
import { tidied } from "../contract/translations.ts";
import { tellSale, tellSoldOut } from "../events/tell-sale.postgres.ts";
import type { Gate } from "../gate/gate.redis.ts";
import type { ConfigureReply } from "../gate/gate-replies.ts";
import { hasSameSettings } from "../gate/settings.ts";
import { newSaleId, type SaleId } from "../ids.ts";
import { whyModeStays } from "../line/change-mode.ts";
import type { Joins } from "../line/joins.dynamo.ts";
import type { LineFiles } from "../line/line-files.dynamo.ts";
import type { LineLogs } from "../line/line-log.dynamo.ts";
import { log } from "../log.ts";
import type { Database } from "../postgres/database.ts";
import type { WithPicture } from "../picture/with-picture.ts";
import type { Actor } from "../identity/actor.ts";
import { auditChange, auditCreation } from "../sale/audit.ts";
import { recordAudit } from "../sale/audit.postgres.ts";
import { askedFirst, type ChangeOutcome, REVISIONS_A_CHANGE, type SaleChange } from "../sale/change-sale.ts";
import type { SaleRecords } from "../sale/sale-record.dynamo.ts";
import type { Sale } from "../sale/sale.ts";
import { isPublishing, type Obstacle, wasPublished } from "../sale/visibility.ts";
import {
  beginFirstEpoch,
  findSale,
  giveRevision,
  insertSale,
  lockSale,
  lookAgainAt,
  storeSale,
} from "../sale/sales.postgres.ts";
import { changeByGateClock } from "./change-by-gate-clock.ts";
import { askPromises, keepPromises } from "./keep-promises.ts";

export type AdministrationDependencies = {
  readonly db: Kysely<Database>;
  readonly gate: Gate;
  readonly records: SaleRecords;
};

export type UpdateDependencies = AdministrationDependencies & {
  readonly joins: Pick<Joins, "hasAnyJoined">;
  readonly logs: Pick<LineLogs, "read" | "append">;
  readonly files: Pick<LineFiles, "readList">;
};

export type CreateOutcome =
  { readonly kind: "created"; readonly sale: Sale } | { readonly kind: "key_reused" };

/** Creates a sale, and loads its gate unless it is a draft. Repeating the request, at any point and by anybody, finishes what is undone. */
export async function createSale(
  deps: AdministrationDependencies,
  request: WithPicture<CreateSaleRequest>,
  creationKey: string,
  actor: Actor,
  nowMs: number,
): Promise<CreateOutcome> {
  const { startsAt, endsAt, picture = null, translations, ...settings } = request;
  const newSale: Sale = {
    ...settings,
    // What an open sale says of its returns nobody asks for.
    mode: settings.mode.kind === "open" ? { kind: "open" } : settings.mode,
    translations: tidied(translations),
    saleId: newSaleId(nowMs),
    startsAtMs: Date.parse(startsAt),
    endsAtMs: endsAt === null ? null : Date.parse(endsAt),
    picture,
    guestList: noGuestList,
    faces: [],
    state: "running",
    revision: 1,
    epoch: 0,
    closedAtMs: null,
    archive: null,
  };
  const creationHash = createHash("sha256").update(JSON.stringify(request)).digest("base64url");
  const sale = await deps.db.transaction().execute(async (trx) => {
    const inserted = await insertSale(trx, newSale, { creationKey, creationHash });
    if (inserted?.saleId === newSale.saleId)
      await recordAudit(trx, newSale.saleId, actor, auditCreation(newSale));
    return inserted;
  });
  if (!sale) return { kind: "key_reused" };
  return { kind: "created", sale: wasPublished(sale) ? await openFirstEpoch(deps, sale) : sale };
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
  await loadFirstGate(deps, opened);
  return opened;
}

/** For whoever moved the sale's epoch to 1, and for nobody else: see docs/decisions/0004-loading-a-gate.md. */
async function loadFirstGate(deps: AdministrationDependencies, opened: Sale): Promise<void> {
  await deps.records.put(opened);
  await deps.gate.load(opened, async () => (await findSale(deps.db, opened.saleId))?.closedAtMs === null);
  // A change that came before the gate was loaded found no gate.
  const present = await findSale(deps.db, opened.saleId);
  if (present && present.revision !== opened.revision) await deps.gate.configure(present, "committed");
}

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

/** Tells ledger and gate of a change; of a draft there is nobody to tell. Answers whether it is in force. */
async function tellStores(
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

const ARCHIVED = "the sale is archived: move its end first, and change this once it is back";

/** Why the sale's mode must stay. Asked under the row's lock, under which a line's log is begun. */
async function askLine(
  { joins, logs }: UpdateDependencies,
  before: Sale,
  after: Sale,
): Promise<string | null> {
  if (isDeepStrictEqual(before.mode, after.mode)) return null;
  const [hasJoined, state] = await Promise.all([joins.hasAnyJoined(before.saleId), logs.read(before.saleId)]);
  return whyModeStays(before.mode, after.mode, { hasJoined, state });
}

/** Why the sale must stay open to everybody: somebody has joined its line, and may not be on any list. */
async function askGuests({ joins }: UpdateDependencies, before: Sale, after: Sale): Promise<string | null> {
  const isNarrower = before.guests.kind !== "listed" && after.guests.kind === "listed";
  if (!isNarrower || !(await joins.hasAnyJoined(before.saleId))) return null;
  return "people have joined the line: a list can no longer say who may come";
}

type Changed = Extract<ChangeOutcome, { kind: "changed" }>;

/**
 * Null: the gate has agreed, or was not asked. What it goes by until the change is committed allows nothing that either the
 * old or the new settings forbid, since the change may come to nothing.
 *
 * @throws when the gate does not answer; then nothing is changed here.
 */
async function askGateFirst(gate: Gate, sale: Sale, changed: Changed) {
  const { onlyBeforeOpening } = changed;
  if (onlyBeforeOpening === null && changed.sale.allocated >= sale.allocated) return null;
  const reply = await gate.configure(
    askedFirst(changed),
    onlyBeforeOpening === null ? "first" : "before_opening",
  );
  switch (reply.kind) {
    case "configured":
      return null;
    case "begun":
      return { kind: "conflict", why: `the sale has begun: ${onlyBeforeOpening ?? ""}` } as const;
    case "below_taken":
      return {
        kind: "conflict",
        why: `${reply.taken} units are taken: the allocation cannot go below that`,
      } as const;
    case "lost":
    case "recovering":
      // Nobody recovers a closed sale: a change that the gate need not decide on brings its gate back first.
      if (sale.archive !== null) return { kind: "conflict", why: ARCHIVED } as const;
      return { kind: "recovering" } as const;
    case "stale":
    case "conflict":
      throw new Error(`the gate of ${sale.saleId} has a revision that was not given yet: ${reply.kind}`);
    default:
      return reply satisfies never;
  }
}

/** A change came to nothing that the gate goes by already. If this fails, a guardian does it within seconds. */
async function takeBack(deps: UpdateDependencies, saleId: SaleId): Promise<void> {
  try {
    await syncSettings(deps, saleId);
  } catch (error) {
    log.warn("the gate goes by a change that was refused", { saleId, error });
  }
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
