import type { Kysely } from "kysely";
import type { Item } from "../dynamo/write-items.dynamo.ts";
import { addressKey } from "../guests/guest-key.ts";
import type { GuestLists } from "../guests/guest-list.dynamo.ts";
import type { Providers } from "../identity/aliases.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import { findSale } from "../sale/sales.postgres.ts";
import { countChange } from "./count-change.ts";

export type GuestErasure = {
  readonly db: Kysely<Database>;
  readonly lists: GuestLists;
  readonly providers: Providers;
};
/** A buyer, with every address that leads to them. */
type Person = { readonly buyerId: BuyerId; readonly emails: readonly string[] };

/** A list may be switched while somebody is taken off it, once for each of so many tries. */
const MOST_TRIES = 5;

/** Sales that have, or had, a list. */
const listedSales = (db: Kysely<Database>) =>
  db.selectFrom("sales").select(["id", "guest_list"]).where("guest_edition", ">", 0).orderBy("id").execute();

const mailboxesOf = (providers: Providers, { emails }: Person) => [
  ...new Set(emails.map((email) => addressKey(email, providers))),
];

/** What the lists of guests have of a buyer: their rows, and how they came. */
export async function guestItems({ db, lists, providers }: GuestErasure, person: Person): Promise<Item[]> {
  const addresses = mailboxesOf(providers, person);
  const found: Item[] = [];
  for (const { id, guest_list } of await listedSales(db)) {
    for (const address of guest_list === "" ? [] : addresses) {
      const row = await lists.item(id, guest_list, address);
      if (row && (await lists.isTheirs(id, address, person.buyerId))) found.push(row);
    }
    found.push(...(await lists.ofBuyer(id, person.buyerId, addresses)));
  }
  return found;
}

/**
 * Erases a buyer from the lists of guests, and how they came; safe to repeat. Of a row with their address a name stays that says
 * nothing, so that the numbers of those who were listed, and came, stay true.
 */
export async function eraseGuest(deps: GuestErasure, person: Person): Promise<void> {
  const addresses = mailboxesOf(deps.providers, person);
  for (const { id } of await listedSales(deps.db)) {
    for (const address of addresses) await takeOff(deps, id, person.buyerId, address);
    await deps.lists.eraseBuyer(id, person.buyerId, addresses);
  }
}

/**
 * Takes an address off the list that the sale goes by. It counts as a change of the list, before and after: a list that somebody
 * made from the one with the address is refused then, and comes without it.
 */
async function takeOff(
  { db, lists }: GuestErasure,
  saleId: SaleId,
  buyerId: BuyerId,
  address: string,
): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const sale = await findSale(db, saleId);
    const list = sale?.guestList.id ?? "";
    if (list === "" || !(await lists.item(saleId, list, address))) return;
    if (!(await lists.isTheirs(saleId, address, buyerId))) return;
    const isStill = ({ id }: { readonly id: string }) => id === list;
    if (!(await countChange(db, saleId, isStill))) continue;
    await lists.keepCame(saleId, buyerId, address);
    await lists.rename(saleId, list, address, await lists.erasedName(saleId, buyerId));
    if (await countChange(db, saleId, isStill)) return;
  }
  throw new Error(`the list of ${saleId} was switched each time that a guest was to be erased`);
}
