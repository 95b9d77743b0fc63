import type { Actor, Law, World } from "../engine/world.ts";
import { listRoles, listWatches } from "../processes/line-lists.ts";
import { type BuyArgs, type LetInArgs, turnRoles, turnWatches } from "../processes/line-turns.ts";
import type { Rules } from "../rules.ts";
import { drawnLog, lineOperations, type Log, openLog } from "../stores/line.ts";
import { lineClockBegins, lineClockOperations } from "../stores/line-clock.ts";
import { lineGate, lineGateOperations } from "../stores/line-gate.ts";
import { lineLedger, lineLedgerOperations } from "../stores/line-ledger.ts";

type Beginning = {
  readonly mode?: "waiting_room" | "draw";
  /** Whose list has been drawn. Nobody's: list 0 is open. */
  readonly drawn: readonly string[];
  readonly units?: number;
  readonly actors: readonly Actor[];
  readonly faults?: number;
  readonly laws: readonly Law[];
};

/** A world of one line: its log, who joins, its pages, and the gate as far as it knows of turns. */
export function lineWorldOf(rules: Rules, beginning: Beginning): World {
  const { mode = "waiting_room", drawn, units = 2 } = beginning;
  const log: Log = drawn.length > 0 ? drawnLog(mode, drawn) : openLog(mode);
  return {
    stores: {
      log,
      joins: {},
      files: {},
      clock: lineClockBegins,
      gate: lineGate(units),
      ledger: lineLedger,
    },
    operations: {
      ...lineOperations(rules),
      clock: lineClockOperations,
      gate: lineGateOperations(rules, mode),
      ledger: lineLedgerOperations,
      lists: listWatches,
      turns: turnWatches(rules, drawn, mode),
    },
    roles: { ...listRoles(rules), ...turnRoles(rules, drawn, mode) },
    actors: beginning.actors,
    faults: beginning.faults ?? 0,
    laws: beginning.laws,
    restLaws: [],
  };
}

export const join = (buyer: string): Actor => ({ name: buyer, is: "mortal", role: "join", args: { buyer } });
const guardianNames = { lasting: "the guardian", mortal: "an earlier guardian" } as const;
type Guard = keyof typeof guardianNames;
export const listGuardian = (is: Guard = "lasting"): Actor => ({
  name: guardianNames[is],
  is,
  role: "lists",
  args: { id: is },
});
export const lineGuardian = (most: number, is: Guard = "lasting"): Actor => ({
  name: guardianNames[is],
  is,
  role: "letIn",
  args: { id: is, most } satisfies LetInArgs,
});
/** A purchase that sees the turn in the log, and asks once. */
export const buyer = (name: string, key: string, orderId: string): Actor => ({
  name: `${name}'s purchase ${orderId}`,
  is: "mortal",
  role: "buy",
  args: { buyer: name, key, orderId } satisfies BuyArgs,
});

export const stepsHold: Actor = { name: "time", is: "lasting", role: "pass", args: null };
export const lapsesHold: Actor = { name: "time", is: "lasting", role: "lapse", args: null };
export const turnsEnd: Actor = { name: "time", is: "mortal", role: "endTurn", args: null };
export const lineRedisIsLost: Actor = { name: "Redis", is: "mortal", role: "lose", args: null };
export const rebuildOf = (allocated: number): Actor => ({
  name: "the recovery",
  is: "lasting",
  role: "recover",
  args: { allocated },
});
export const adoption: Actor = { name: "the consumer", is: "patient", role: "adopt", args: null };
export const unitComesBack: Actor = { name: "an operator", is: "mortal", role: "giveBack", args: null };
