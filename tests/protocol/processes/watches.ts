import { watch } from "../engine/operation.ts";
import { callsOf } from "../engine/process.ts";
import { reportOf } from "../facts.ts";
import { type Gate, isWhole } from "../stores/gate.ts";
import type { Ledger } from "../stores/ledger.ts";
import type { Postgres } from "../stores/postgres.ts";
import { isQuiet, type Queue } from "../stores/queue.ts";

const mendable: readonly string[] = ["without_order", "undecided", "not_given_back"];

/** When those look who always do. The guardian looks each second; only the looks that find something are steps. */
export const watchOperations = {
  needsRecovery: watch(
    ["gate", "postgres"],
    ({ keys }: Gate, { sale }: Postgres) =>
      !sale.isClosed &&
      (keys === null ||
        keys.isRecovering ||
        keys.requested === true ||
        !isWhole(keys) ||
        (keys.epoch ?? 0) < sale.epoch),
    "sees that the gate needs a recovery",
  ),
  /** Nothing is on the way, and something is overdue. */
  needsMending: watch(
    ["gate", "postgres", "ledger", "queue"],
    (gate: Gate, postgres: Postgres, ledger: Ledger, queue: Queue) => {
      if (postgres.sale.isClosed || !isQuiet(queue)) return false;
      const report = reportOf(gate, postgres, ledger, queue);
      return report !== null && report.differences.some(({ kind }) => mendable.includes(kind));
    },
    "sees that something is overdue",
  ),
};

export const watches = callsOf<typeof watchOperations>("watch");
