import { ulid } from "ulid";
import type { ChangeGuestsRequest, GuestSummary } from "../contract/guests.ts";
import { csv } from "../csv.ts";
import { changedList } from "../guests/change-list.ts";
import type { GuestLists } from "../guests/guest-list.dynamo.ts";
import { type GuestRow, readGuestRows, type RowError } from "../guests/guest-rows.ts";
import type { Actor } from "../identity/actor.ts";
import type { Providers } from "../identity/aliases.ts";
import type { SaleId } from "../ids.ts";
import type { Warn } from "../log.ts";
import { findSale } from "../sale/sales.postgres.ts";
import type { Sale } from "../sale/sale.ts";
import { type UpdateDependencies, type UpdateOutcome, updateSale } from "./administer-sales.ts";

/** Rows are kept for so long after the sale has begun, or after they were written, and then deleted by the table itself. */
const KEEP_MS = 400 * 24 * 60 * 60 * 1000;

export type ChangeGuestsDependencies = UpdateDependencies & {
  readonly lists: GuestLists;
  readonly providers: Providers;
  readonly warn: Warn;
};

export type ChangeGuestsOutcome =
  | UpdateOutcome
  /** The file has wrong lines; nothing was changed. */
  | { readonly kind: "wrong"; readonly errors: readonly RowError[] };

/**
 * Changes a sale's list by a file that is checked whole first. Each change writes a whole list of its own, and then the sale goes
 * by it, in one transaction: a crash before that changes nothing, and repeating the request is safe. An older invitation is void
 * from then on, so that whoever was taken off buys nothing with it.
 */
export async function changeGuests(
  deps: ChangeGuestsDependencies,
  saleId: SaleId,
  { how, csv: text }: ChangeGuestsRequest,
  actor: Actor,
  nowMs: number,
): Promise<ChangeGuestsOutcome> {
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
  const keepUntilMs = Math.max(nowMs, sale.startsAtMs) + KEEP_MS;
  // Nobody's invitation becomes void by a guest more.
  if (changed.onlyAdds && sale.guestList.id !== "") {
    await deps.lists.write(saleId, sale.guestList.id, read.rows.filter(isOn(changed.rows)), keepUntilMs);
    return { kind: "changed", sale, isInForce: true };
  }
  const list = ulid(nowMs);
  await deps.lists.write(saleId, list, changed.rows, keepUntilMs);
  const outcome = await updateSale(deps, saleId, { guestList: list, after: sale.guestList.id }, actor);
  const [id, rows] =
    outcome.kind === "changed" ? [sale.guestList.id, before] : ([list, changed.rows] as const);
  await forget(deps, saleId, id, rows);
  return outcome;
}

const isOn = (rows: readonly GuestRow[]) => {
  const keys = new Set(rows.map(({ key }) => key));
  return ({ key }: GuestRow) => keys.has(key);
};

/** A list that stays is no harm: no sale goes by it. */
async function forget(
  { lists, warn }: ChangeGuestsDependencies,
  saleId: SaleId,
  list: string,
  rows: readonly GuestRow[],
): Promise<void> {
  try {
    await lists.forget(saleId, list, rows);
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
  const cameOf = (some: readonly GuestRow[]) => some.filter(({ key }) => came.has(key)).length;
  const tiers = guests.kind === "everybody" ? [] : guests.tiers;
  return {
    guests,
    listed: rows.length,
    came: cameOf(rows),
    buyers: rows.reduce((sum, { key }) => sum + (came.get(key) ?? 0), 0),
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
  const sorted = rows.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  return csv([
    isByCode ? ["code", "tier", "uses", "came"] : ["address", "tier", "came"],
    ...sorted.map(({ key, shown, tier, uses }) => [
      shown,
      tier,
      ...(isByCode ? [uses] : []),
      came.get(key) ?? 0,
    ]),
  ]);
}
