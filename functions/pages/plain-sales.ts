import { gateClient, ledgerClients } from "../../core/clients.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { readGate } from "../../core/sale/read-gate.ts";
import { saleStatus } from "../../core/sale/sale-view.ts";
import { salesPage } from "./views/plain/sales.ts";
import { page, pageEndpoint } from "../compose/page.ts";

const config = loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA", "LEDGER_TABLE", "DYNAMODB_ENDPOINT"]);
const gate = gateClient(config);

export const handler = pageEndpoint("plainSales", async ({ words }) => {
  const sales = await (await ledgerClients(config)).saleRecords.list();
  const nowMs = systemClock.nowMs();
  const views = await Promise.all(
    sales.map(async (sale) => saleStatus(sale, await readGate(gate, sale.saleId), nowMs)),
  );
  return page(salesPage(words, views));
});
