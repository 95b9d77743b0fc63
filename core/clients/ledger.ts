import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import type { SaleRecords } from "../sale/sale-record.dynamo.ts";

type TableConfig = Config<"LEDGER_TABLE" | "DYNAMODB_ENDPOINT">;
type LedgerClients = { readonly ledger: Ledger; readonly saleRecords: SaleRecords };

/** The ledger's table: the reservations, and the copies of the sales. */
export const ledgerClients = (config: TableConfig): Promise<LedgerClients> =>
  once("ledger", async () => {
    const [{ openDynamo }, { createLedger }, { createSaleRecords }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../reservation/ledger.dynamo.ts"),
      import("../sale/sale-record.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    const ledger = createLedger(dynamo, config.LEDGER_TABLE);
    const saleRecords = createSaleRecords(dynamo, config.LEDGER_TABLE);
    return { client: { ledger, saleRecords }, close: async () => dynamo.close() };
  });
