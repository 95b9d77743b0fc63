import { ledgerClients } from "../../core/clients/ledger.ts";
import { gateClient } from "../../core/clients/gate.ts";
import { loadConfig } from "../../core/config.ts";
import type { ListDependencies } from "../../core/watch/sale-lists.ts";

const config = loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA", "LEDGER_TABLE", "DYNAMODB_ENDPOINT"]);
const gate = gateClient(config);

/** What shoppers' views of the sales are read from. */
export async function listing(): Promise<ListDependencies> {
  const { saleRecords } = await ledgerClients(config);
  return { saleRecords, gate };
}
