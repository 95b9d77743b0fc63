import { gateClient, ledgerClients } from "../../core/clients.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { listedSales } from "../../core/sale/listed-sales.ts";
import { readGate } from "../../core/watch/read-gate.ts";
import { cachedASecond } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { saleStatus } from "../../core/watch/sale-view.ts";

const config = loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA", "LEDGER_TABLE", "DYNAMODB_ENDPOINT"]);
const gate = gateClient(config);

export const handler = endpoint("listSales", async () => {
  const sales = listedSales(await (await ledgerClients(config)).saleRecords.list());
  const nowMs = systemClock.nowMs();
  const views = await Promise.all(
    sales.map(async (sale) => saleStatus(sale, await readGate(gate, sale.saleId), nowMs)),
  );
  const serverTime = views[0]?.serverTime ?? new Date(nowMs).toISOString();
  return { status: 200, body: { sales: views, serverTime }, headers: cachedASecond };
});
