import { erasureClients, exportClients } from "../../core/clients/erasure.ts";
import { loadConfig } from "../../core/config.ts";
import type { ErasureDependencies } from "../../core/erasure/erase-buyer.ts";
import type { ExportDependencies } from "../../core/erasure/export-buyer.ts";

const variables = [
  "DATABASE_URL",
  "LEDGER_TABLE",
  "LINE_TABLE",
  "IDENTITY_TABLE",
  "DYNAMODB_ENDPOINT",
  "MAILBOX_PROVIDERS",
] as const;

/** What it takes to erase a buyer's data. */
export const erasing = (): Promise<ErasureDependencies> => erasureClients(loadConfig(variables));

/** What it takes to export them: the gate too. */
export const exporting = (): Promise<ExportDependencies> =>
  exportClients(loadConfig([...variables, "REDIS_URL", "REDIS_CLUSTER", "REDIS_CA"]));
