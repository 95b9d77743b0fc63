import type { Operations } from "../../engine/operation.ts";
import type { Rules } from "../../rules.ts";
import { gateOperations } from "./gate.ts";
import { ledgerOperations, recordOperations } from "./ledger.ts";
import { postgresOperations } from "./postgres.ts";
import { providerOperations } from "./provider.ts";
import { messageOperations, taskOperations } from "./queues.ts";
import { watchOperations } from "./watches.ts";

/** All that can be done in a story about a payment, by store. */
export const paidOperations = (rules: Rules): Readonly<Record<string, Operations>> => ({
  gate: gateOperations,
  ledger: ledgerOperations(rules),
  record: recordOperations,
  postgres: postgresOperations,
  queue: messageOperations,
  tasks: taskOperations,
  provider: providerOperations(rules),
  watch: watchOperations,
});
