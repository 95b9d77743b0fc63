import type { Item } from "../dynamo/write-items.dynamo.ts";
import type { OrderId, SaleId } from "../ids.ts";

export type OwnItems = {
  /** Reservations: each says of which sale it is. */
  readonly entries: readonly Item[];
  /** Events, wishes and attempts to pay, beside their entry. */
  readonly beside: readonly Item[];
  readonly orderIds: ReadonlySet<OrderId>;
};

/**
 * Which items of the ledger are a sale's own. Partitions bear the last eight characters of a sale's id, and another's may end alike: an
 * entry names its sale, and what lies beside it names the entry by its key. What lies beside no entry may be nobody else's only where no
 * other sale's id ends so.
 *
 * @param items of all partitions in which the sale's entries lie.
 * @param hasTwin whether there is a sale whose id ends alike.
 */
export function ownItems(items: readonly Item[], saleId: SaleId, hasTwin: boolean): OwnItems {
  const isOwn = (item: Item) => item["saleId"] === saleId;
  const all = items.filter(isEntry);
  const own = new Set(all.filter(isOwn).map(entryOf));
  const others = new Set(all.filter((item) => !isOwn(item)).map(entryOf));
  const beside = items.filter((item) => {
    const of = entryOf(item);
    return !isEntry(item) && (own.has(of) || (!hasTwin && !others.has(of)));
  });
  const entries = all.filter(isOwn);
  return { entries, beside, orderIds: new Set(entries.map((item) => item["orderId"] as OrderId)) };
}

/** Which lists of what a gate counted are a sale's own: a list names its orders, all of one sale. */
export function ownMarks(
  lists: readonly Item[],
  orderIds: ReadonlySet<string>,
  hasTwin: boolean,
): readonly Item[] {
  if (!hasTwin) return lists;
  return lists.filter(({ orderIds: of }) => Array.isArray(of) && of.every((id) => orderIds.has(String(id))));
}

/** Buyer and order: what all about one reservation begins with. */
const entryOf = ({ sk }: Item): string => String(sk).split("#").slice(0, 2).join("#");
const isEntry = (item: Item): boolean => entryOf(item) === item["sk"];
