import { gateConnection } from "../../core/clients/purchase-gate.ts";
import { lineClients } from "../../core/clients/line.ts";
import { purgeTable, rehearsalQueueClient } from "../../core/clients/rehearsals.ts";
import { loadConfig } from "../../core/config.ts";
import { isTestKey } from "../../core/payment/test-mode.ts";
import { createPurge } from "../../core/rehearsal/purge.ts";
import type { StartDependencies } from "../../core/rehearsal/start-rehearsal.ts";
import type { StepDependencies } from "../../core/rehearsal/take-step.ts";
import { loadStoresConfig, storeClients } from "../../core/store-clients.ts";
import { administration } from "./administration.ts";

/** What starting a rehearsal needs. */
export async function startDependencies(): Promise<StartDependencies> {
  const config = loadConfig(["REHEARSAL_QUEUE_URL", "SQS_ENDPOINT", "PAYMENT_KEY"]);
  const [deps, queue] = await Promise.all([administration(), rehearsalQueueClient(config)]);
  return { ...deps, queue, isTestMode: isTestKey(config.PAYMENT_KEY) };
}

/** What its steps need: every store, and the right to remove what is in them. */
export async function stepDependencies(): Promise<StepDependencies> {
  const config = loadStoresConfig();
  const lineConfig = loadConfig(["LINE_TABLE", "DYNAMODB_ENDPOINT"]);
  const [stores, { joins, logs, files }, dynamo] = await Promise.all([
    storeClients(config),
    lineClients(lineConfig),
    purgeTable(config),
  ]);
  const purge = createPurge(gateConnection(config), dynamo, {
    ledger: config.LEDGER_TABLE,
    line: lineConfig.LINE_TABLE,
  });
  return { ...stores, records: stores.saleRecords, joins, logs, files, purge };
}
