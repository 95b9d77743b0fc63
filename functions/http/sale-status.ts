import { gateClient, ledgerClients } from "../../core/clients.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { readGate } from "../../core/watch/read-gate.ts";
import { saleStatus } from "../../core/watch/sale-view.ts";
import { cachedASecond, refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPathId } from "../request/request.ts";

const config = loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA", "LEDGER_TABLE", "DYNAMODB_ENDPOINT"]);
const gate = gateClient(config);

export const handler = endpoint("saleStatus", async ({ event }) => {
  const saleId = readPathId(event, "saleId");
  const { saleRecords } = await ledgerClients(config);
  const [sale, reading] = await Promise.all([saleRecords.get(saleId), readGate(gate, saleId)]);
  if (!sale) return refuse("not_found", { detail: "There is no such sale" });
  return { status: 200, body: saleStatus(sale, reading, systemClock.nowMs()), headers: cachedASecond };
});
