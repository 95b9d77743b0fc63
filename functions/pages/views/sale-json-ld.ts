import type { SaleStatus } from "../../../core/contract/sale.ts";
import { decimalPrice } from "./format.ts";

/**
 * The sale as schema.org's Product with its Offer (https://schema.org/Offer), from its settings alone.
 *
 * Whether units are left is not known here, so `availability` is said only where the settings decide it: nothing is sold
 * any more once a sale has ended. Before it opens nothing can be ordered either, not even ahead, so it is no PreOrder:
 * `availabilityStarts` says when it can.
 */
export function saleJsonLd(sale: SaleStatus, url: string, image: string): object {
  const ends = sale.endsAt === null ? {} : { availabilityEnds: sale.endsAt, validThrough: sale.endsAt };
  return {
    "@context": "https://schema.org",
    "@type": "Product",
    name: sale.name,
    ...(sale.description !== "" && { description: sale.description }),
    image,
    url,
    offers: {
      "@type": "Offer",
      url,
      price: decimalPrice(sale.priceMinor, sale.currency),
      priceCurrency: sale.currency,
      availabilityStarts: sale.startsAt,
      validFrom: sale.startsAt,
      ...ends,
      ...(sale.phase === "ended" && { availability: "https://schema.org/Discontinued" }),
      eligibleQuantity: { "@type": "QuantitativeValue", minValue: 1, maxValue: sale.purchaseLimit },
    },
  };
}
