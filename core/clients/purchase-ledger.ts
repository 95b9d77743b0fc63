import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import type { SaleStandings } from "../sale/sale-standing.dynamo.ts";

type PurchaseLedger = { readonly ledger: Ledger; readonly saleRecords: SaleStandings };

/** As much of the ledger's table as a purchase needs: of a sale's copy it reads four fields, and has the schemas of no others. */
export const purchaseLedger = (
  config: Config<"LEDGER_TABLE" | "DYNAMODB_ENDPOINT">,
): Promise<PurchaseLedger> =>
  once("purchase ledger", async () =>
    (await import("./open-purchase-ledger.dynamo.ts")).openPurchaseLedger(config),
  );
