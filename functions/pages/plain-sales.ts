import { gateClient, ledgerClients } from "../../core/clients.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { listedSales } from "../../core/sale/listed-sales.ts";
import { readGate } from "../../core/watch/read-gate.ts";
import { salesPage } from "./views/plain/sales.ts";
import { page, pageEndpoint } from "../compose/page.ts";
import { saleStatus } from "../../core/watch/sale-view.ts";

const config = loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA", "LEDGER_TABLE", "DYNAMODB_ENDPOINT"]);
const gate = gateClient(config);

export const handler = pageEndpoint("plainSales", async ({ words }) => {
  const sales = listedSales(await (await ledgerClients(config)).saleRecords.list());
  const nowMs = systemClock.nowMs();
  const views = await Promise.all(
    sales.map(async (sale) => saleStatus(sale, await readGate(gate, sale.saleId), nowMs)),
  );
  return page(salesPage(words, views));
});
