import type { OrderView, SoldAs } from "../contract/order.ts";
import { namesOf } from "../contract/translations.ts";
import { faceAt } from "../sale/face.ts";
import type { Sale } from "../sale/sale.ts";

/** What an order is of, as it was shown when it was bought. */
export function soldAs(sale: Sale, order: OrderView): SoldAs {
  const { priceMinor, currency } = sale;
  const { name, translations, picture } = faceAt(sale, Date.parse(order.reservedAt));
  return { name, names: namesOf(translations), priceMinor, currency, picture };
}
