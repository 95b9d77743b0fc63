import type { OrderView, SoldAs } from "../contract/order.ts";
import { faceAt } from "../sale/face.ts";
import type { Sale } from "../sale/sale.ts";

/** What an order is of, as it was shown when it was bought. */
export function soldAs(sale: Sale, order: OrderView): SoldAs {
  const { priceMinor, currency } = sale;
  const { name, picture } = faceAt(sale, Date.parse(order.reservedAt));
  return { name, priceMinor, currency, picture };
}
