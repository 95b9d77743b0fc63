import { systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { ErasureDependencies } from "../erasure/erase-buyer.ts";
import type { ExportDependencies } from "../erasure/export-buyer.ts";
import { parseProviders } from "../identity/aliases.ts";
import { once } from "../opened.ts";
import type { GateConfig } from "../redis/connect.redis.ts";
import { databaseClient } from "./database.ts";
import { gateConnection } from "./purchase-gate.ts";
import { ledgerClients } from "./ledger.ts";
import { lineClients } from "./line.ts";

type ErasureConfig = Config<
  | "DATABASE_URL"
  | "LEDGER_TABLE"
  | "LINE_TABLE"
  | "IDENTITY_TABLE"
  | "DYNAMODB_ENDPOINT"
  | "MAILBOX_PROVIDERS"
>;

const tracesClients = (config: ErasureConfig) =>
  once("traces", async () => {
    const [
      { openDynamo },
      { createIdentityTraces },
      { createLineTraces },
      { createLedgerTraces },
      { createOpenPayments },
      { createReminders },
      { createGuestLists },
    ] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../identity/identity-traces.dynamo.ts"),
      import("../line/line-traces.dynamo.ts"),
      import("../reservation/ledger-traces.dynamo.ts"),
      import("../payment/open-payments.dynamo.ts"),
      import("../notices/reminders.dynamo.ts"),
      import("../guests/guest-list.dynamo.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    const providers = parseProviders(config.MAILBOX_PROVIDERS);
    const client = {
      identity: createIdentityTraces(dynamo, config.IDENTITY_TABLE, providers),
      lines: createLineTraces(dynamo, config.LINE_TABLE),
      ledgerItems: createLedgerTraces(dynamo, config.LEDGER_TABLE),
      reminders: createReminders(dynamo, config.LINE_TABLE),
      lists: createGuestLists(dynamo, config.LINE_TABLE),
      providers,
      openPayments: createOpenPayments(dynamo, config.LEDGER_TABLE),
    };
    return { client, close: async () => dynamo.close() };
  });

/** What it takes to erase a buyer's data. */
export async function erasureClients(config: ErasureConfig): Promise<ErasureDependencies> {
  const [db, { ledger }, { logs }, traces] = await Promise.all([
    databaseClient(config),
    ledgerClients(config),
    lineClients(config),
    tracesClients(config),
  ]);
  const { ledgerItems: _, ...erasing } = traces;
  return { ...erasing, db, ledger, logs, clock: systemClock };
}

/** What it takes to export them, too: the gate is looked at beside all the rest. */
export async function exportClients(config: ErasureConfig & GateConfig): Promise<ExportDependencies> {
  const [erasing, { ledgerItems }, { createGateTraces }] = await Promise.all([
    erasureClients(config),
    tracesClients(config),
    import("../gate/gate-traces.redis.ts"),
  ]);
  return { ...erasing, ledgerItems, gates: createGateTraces(gateConnection(config)) };
}
