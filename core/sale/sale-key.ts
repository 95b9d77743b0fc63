import type { SaleId } from "../ids.ts";

/** Every sale, and a second copy of those that are not past: what is asked for each second reads no other. */
export const PARTITION = "sales";
export const CURRENT = "sales#current";

/** Where the copy of a sale lies that is always there. */
export const keyOf = (id: SaleId) => ({ pk: PARTITION, sk: id });

/** Where a sale's copies lie. */
export const recordKeysOf = (id: SaleId) => [PARTITION, CURRENT].map((pk) => ({ pk, sk: id }));
