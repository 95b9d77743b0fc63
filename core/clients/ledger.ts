import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import type { SaleRecords } from "../sale/sale-record.dynamo.ts";

type TableConfig = Config<"LEDGER_TABLE" | "DYNAMODB_ENDPOINT">;
type LedgerClients = { readonly ledger: Ledger; readonly saleRecords: SaleRecords };

/** The ledger's table: the reservations, and the copies of the sales. */
export const ledgerClients = (config: TableConfig): Promise<LedgerClients> =>
  once("ledger", async () => (await import("./open-ledger.dynamo.ts")).openLedger(config));
