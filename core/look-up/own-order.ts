import type { OwnOrder } from "../contract/order.ts";
import type { BuyerId, OrderId } from "../ids.ts";
import type { Warn } from "../log.ts";
import { findOrder, type LookUpStores } from "./shown-order.ts";
import { soldAs } from "./sold-as.ts";
import { withdrawalOf } from "./withdrawal-of.ts";

/** One order of a buyer with what was bought, as it was shown then; null if this buyer has no such order. @throws as `shownOrder`. */
export async function findOwnOrder(
  stores: LookUpStores,
  orderId: OrderId,
  buyerId: BuyerId,
  { warn, nowMs }: { readonly warn: Warn; readonly nowMs: number },
): Promise<OwnOrder | null> {
  const order = await findOrder(stores, orderId, buyerId);
  if (!order) return null;
  try {
    const sale = await stores.saleRecords.get(order.saleId);
    return {
      ...order,
      sale: sale && soldAs(sale, order),
      withdrawal: sale && withdrawalOf(sale, order, nowMs),
    };
  } catch (error) {
    warn("the ledger did not answer", { saleId: order.saleId, orderId, error });
    return { ...order, sale: null, withdrawal: null };
  }
}
