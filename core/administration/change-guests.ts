import { hash } from "node:crypto";
import type { Transaction } from "kysely";
import { ulid } from "ulid";
import type { AuditValues } from "../contract/audit.ts";
import type { ChangeGuestsRequest, GuestSummary } from "../contract/guests.ts";
import { csv } from "../csv.ts";
import { changedList, type ChangedList } from "../guests/change-list.ts";
import { isErased } from "../guests/guest-key.ts";
import type { GuestLists } from "../guests/guest-list.dynamo.ts";
import { type GuestRow, readGuestRows, type RowError } from "../guests/guest-rows.ts";
import { keepGuestsUntilMs } from "../guests/guests.ts";
import type { Actor } from "../identity/actor.ts";
import type { Providers } from "../identity/aliases.ts";
import type { SaleId } from "../ids.ts";
import type { Warn } from "../log.ts";
import type { Database } from "../postgres/database.ts";
import { recordAudit } from "../sale/audit.postgres.ts";
import { isSameList, LIST_CHANGED } from "../sale/change-sale.ts";
import { findSale } from "../sale/sales.postgres.ts";
import type { Sale } from "../sale/sale.ts";
import { countChange } from "./count-change.ts";
import type { UpdateDependencies } from "./administration-dependencies.ts";
import { type UpdateOutcome, updateSale } from "./update-sale.ts";

export type ChangeGuestsDependencies = UpdateDependencies & {
  readonly lists: GuestLists;
  readonly providers: Providers;
  readonly warn: Warn;
};

export type ChangeGuestsOutcome =
  | UpdateOutcome
  /** The file has wrong lines; nothing was changed. */
  | { readonly kind: "wrong"; readonly errors: readonly RowError[] };

/** Two adds beside each other both count: one of them is done again. */
const MOST_TRIES = 5;
/** A list that was replaced may be asked for until every function has heard of the new one. */
const AFTERLIFE_MS = 10 * 60 * 1000;
/** Where ledger or gate have not heard of it, the guardian tells them within seconds, or as soon as they answer. */
const LONGER_AFTERLIFE_MS = 24 * 60 * 60 * 1000;

type Asked = {
  readonly saleId: SaleId;
  readonly request: ChangeGuestsRequest;
  readonly actor: Actor;
  readonly nowMs: number;
};

/**
 * Changes a sale's list by a file that is checked whole first. A change that takes anything from anybody writes a whole list of its
 * own, and then the sale goes by it, in one transaction: a crash before that changes nothing, and repeating the request is safe.
 * An older invitation is void from then on, so that whoever was taken off buys nothing with it. No change writes over another that
 * it has not seen.
 */
export async function changeGuests(
  deps: ChangeGuestsDependencies,
  saleId: SaleId,
  request: ChangeGuestsRequest,
  actor: Actor,
  nowMs: number,
): Promise<ChangeGuestsOutcome> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const outcome = await tryChange(deps, { saleId, request, actor, nowMs });
    if (outcome !== "overtaken") return outcome;
  }
  return { kind: "conflict", why: LIST_CHANGED };
}

async function tryChange(
  deps: ChangeGuestsDependencies,
  { saleId, request: { how, csv: text }, actor, nowMs }: Asked,
): Promise<ChangeGuestsOutcome | "overtaken"> {
  const sale = await findSale(deps.db, saleId);
  if (!sale) return { kind: "not_found" };
  if (sale.guests.kind === "everybody")
    return { kind: "conflict", why: "everybody may come to this sale: choose who may come first" };
  const { by, tiers } = sale.guests;
  const read = readGuestRows(text, { by, tiers, providers: deps.providers });
  if (read.kind === "wrong") return read;
  const before = await deps.lists.rows(saleId, sale.guestList.id);
  const changed = changedList(before, { how, rows: read.rows });
  if (!changed) return { kind: "conflict", why: "the list would be too long" };
  const keepUntilMs = keepGuestsUntilMs(sale, nowMs);
  const said = auditedRows(how, changed, text);
  // Nobody's invitation becomes void by a guest more.
  if (changed.onlyAdds && sale.guestList.id !== "") {
    const rows = read.rows.filter(isOn(changed.rows));
    return addRows(deps, { sale, rows, keepUntilMs, actor, said });
  }
  const list = ulid(nowMs);
  await deps.lists.write(saleId, list, changed.rows, keepUntilMs);
  const change = { guestList: list, after: sale.guestList, rows: said };
  const outcome = await updateSale(deps, saleId, change, actor);
  if (outcome.kind === "changed") {
    const afterlifeMs = outcome.isInForce ? AFTERLIFE_MS : LONGER_AFTERLIFE_MS;
    const { id } = sale.guestList;
    await tidy(deps, saleId, () => deps.lists.write(saleId, id, before, nowMs + afterlifeMs));
  } else await tidy(deps, saleId, () => deps.lists.forget(saleId, list, changed.rows));
  return outcome;
}

/** What the audit log says of a change's rows: how many, and by which file. */
const auditedRows = (
  how: ChangeGuestsRequest["how"],
  { added, removed, changed }: ChangedList,
  text: string,
): AuditValues => ({
  guestsHow: how,
  guestsAdded: added,
  guestsRemoved: removed,
  guestsChanged: changed,
  guestsFile: hash("sha256", text, "hex"),
});

/**
 * Writes rows into the present list. The list's changes are counted before, with the line of the audit log, and after: whoever read
 * the list before these rows were there comes too late with what they made of it.
 */
async function addRows(
  { db, lists }: ChangeGuestsDependencies,
  add: {
    readonly sale: Sale;
    readonly rows: readonly GuestRow[];
    readonly keepUntilMs: number;
    readonly actor: Actor;
    readonly said: AuditValues;
  },
): Promise<ChangeGuestsOutcome | "overtaken"> {
  const { saleId, guestList } = add.sale;
  const audit = (trx: Transaction<Database>) =>
    recordAudit(trx, saleId, add.actor, { action: "changed", before: {}, after: add.said });
  const begun = await countChange(db, saleId, (list) => isSameList(list, guestList), audit);
  if (!begun) return "overtaken";
  await lists.write(saleId, guestList.id, add.rows, add.keepUntilMs);
  const sale = await countChange(db, saleId, ({ id }) => id === guestList.id);
  return sale ? { kind: "changed", sale, isInForce: true } : "overtaken";
}

const isOn = (rows: readonly GuestRow[]) => {
  const keys = new Set(rows.map(({ key }) => key));
  return ({ key }: GuestRow) => keys.has(key);
};

/** A list that stays is no harm: no sale goes by it. */
async function tidy(
  { warn }: ChangeGuestsDependencies,
  saleId: SaleId,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    warn("a list of guests that no sale goes by was not deleted", { saleId, error });
  }
}

/** How many are on a sale's list, and how many of them came. */
export async function summarizeGuests(
  lists: GuestLists,
  { saleId, guests, guestList }: Pick<Sale, "saleId" | "guests" | "guestList">,
): Promise<GuestSummary> {
  const [rows, came] = await Promise.all([lists.rows(saleId, guestList.id), lists.came(saleId)]);
  const cameOf = (some: readonly GuestRow[]) => some.filter(({ key }) => came.of(key) > 0).length;
  const tiers = guests.kind === "everybody" ? [] : guests.tiers;
  return {
    guests,
    listed: rows.length,
    came: cameOf(rows),
    buyers: rows.reduce((sum, { key }) => sum + came.of(key), 0),
    tiers: tiers.map(({ name }) => {
      const ofTier = rows.filter(({ tier }) => tier === name);
      return { name, listed: ofTier.length, came: cameOf(ofTier) };
    }),
    edition: guestList.edition,
  };
}

/** The list as a file that can be read in again, with how many buyers came with each row. */
export async function guestsCsv(
  lists: GuestLists,
  { saleId, guests, guestList }: Pick<Sale, "saleId" | "guests" | "guestList">,
): Promise<string> {
  const [rows, came] = await Promise.all([lists.rows(saleId, guestList.id), lists.came(saleId)]);
  const isByCode = guests.kind !== "everybody" && guests.by === "codes";
  // Whoever was erased has no address to write down.
  const named = rows.filter(({ key }) => !isErased(key));
  const sorted = named.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return csv([
    isByCode ? ["code", "tier", "uses", "came"] : ["address", "tier", "came"],
    ...sorted.map(({ key, shown, tier, uses }) => [shown, tier, ...(isByCode ? [uses] : []), came.of(key)]),
  ]);
}
