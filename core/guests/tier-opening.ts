import type { GuestList, Guests } from "../contract/guests.ts";
import type { Providers } from "../identity/aliases.ts";
import type { Addresses } from "../identity/addresses.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { addressKey } from "./guest-key.ts";
import type { GuestLists } from "./guest-list.dynamo.ts";
import type { GuestRow } from "./guest-rows.ts";
import { tierOf } from "./guests.ts";

type Dependencies = {
  readonly lists: Pick<GuestLists, "find" | "boundTo">;
  readonly addresses: Pick<Addresses, "of">;
  readonly providers: Providers;
};
type OfSale = { readonly saleId: SaleId; readonly guests: Guests; readonly guestList: GuestList };

/** The row that a buyer is on: by their address, or by the code that they came with; null: on none. */
export async function rowOfBuyer(
  { lists, addresses, providers }: Dependencies,
  { saleId, guests, guestList }: OfSale,
  buyerId: BuyerId,
): Promise<GuestRow | null> {
  if (guests.kind === "everybody") return null;
  const address = guests.by === "addresses" ? (await addresses.of([buyerId])).get(buyerId) : undefined;
  const key =
    guests.by === "codes"
      ? await lists.boundTo(saleId, buyerId)
      : address === undefined
        ? null
        : addressKey(address, providers);
  return key === null ? null : lists.find(saleId, guestList.id, key);
}

/** When the tier opens that a buyer is on; null: they are on none. */
export async function tierOpensAtMs(
  deps: Dependencies,
  sale: OfSale,
  buyerId: BuyerId,
): Promise<number | null> {
  if (sale.guests.kind === "everybody" || sale.guests.tiers.length === 0) return null;
  const row = await rowOfBuyer(deps, sale, buyerId);
  const tier = row && tierOf(sale.guests, row.tier);
  return tier && Date.parse(tier.startsAt);
}
