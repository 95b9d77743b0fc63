import type { Dynamo } from "../dynamo/connect.dynamo.ts";
import { queryItems } from "../dynamo/query-items.dynamo.ts";
import type { Item } from "../dynamo/write-items.dynamo.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { buyerKey } from "./ledger-key.ts";

export type LedgerTraces = ReturnType<typeof createLedgerTraces>;

/** What the ledger keeps of a buyer in a sale, item by item: reservations, events, wishes, attempts to pay. */
export function createLedgerTraces(client: Dynamo, table: string) {
  return {
    async read(saleId: SaleId, buyerId: BuyerId): Promise<Item[]> {
      const { pk, prefix } = buyerKey(saleId, buyerId);
      const items = await queryItems(client, table, pk, prefix);
      // Two sales may bear one tag: each order says of which it is.
      const orders = new Set(
        items.filter((item) => item["saleId"] === saleId).map((item) => String(item["orderId"])),
      );
      const orderOf = ({ sk }: Item) => String(sk).slice(prefix.length).split("#", 1)[0] ?? "";
      return items.filter((item) => orders.has(orderOf(item)));
    },
  };
}
