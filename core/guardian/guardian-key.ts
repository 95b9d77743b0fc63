import type { SaleId } from "../ids.ts";

/** Where the lease lies in the ledger's table; guardian-signs.dynamo.ts reads there when a guardian was last at work. */
export const LEASE_KEY = { pk: "guardian", sk: "lease" } as const;

/** What came of the last comparison of a sale's stores lies beside it. */
export const comparisonKey = (saleId: SaleId) => ({ pk: LEASE_KEY.pk, sk: saleId });
