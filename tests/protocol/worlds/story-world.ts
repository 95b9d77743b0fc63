import type { Actor, Law, World } from "../engine/world.ts";
import type { Renaming } from "../engine/value.ts";
import { lawsAtRest, lawsThatAlwaysHold, sameRecord } from "../laws.ts";
import { chanceOperations } from "../processes/one-after-another.ts";
import { rolesOf } from "../processes/roles.ts";
import { watchOperations } from "../processes/watches.ts";
import type { Rule, Rules } from "../rules.ts";
import { type Gate, type GateKeys, openGate, type Settings } from "../stores/gate.ts";
import { gateOperations } from "../stores/gate-operations.ts";
import { emptyLedger, type Ledger, ledgerOperations } from "../stores/ledger.ts";
import { newPostgres, type Postgres } from "../stores/postgres.ts";
import { postgresOperations } from "../stores/postgres-operations.ts";
import { type Queue, queueOperations } from "../stores/queue.ts";
import { recordOf, saleRecordOperations } from "../stores/sale-record.ts";
import { noTime, timeOperations } from "../stores/time.ts";

/** A story world, and the mechanisms without which it ends badly. */
export type StoryWorld = {
  readonly name: string;
  /** What it is about, in a sentence. */
  readonly about: string;
  /** Each breaks this law once it is switched off; only that law is then looked at. */
  readonly without: readonly { readonly rule: Rule; readonly breaks: string }[];
  readonly build: (rules: Rules) => World;
};

export const settingsOf = (settings: Partial<Settings> = {}): Settings => ({
  state: "running",
  allocated: 1,
  purchaseLimit: 1,
  startsAtMs: 0,
  endsAtMs: null,
  ...settings,
});

type Beginning = {
  readonly settings?: Partial<Settings>;
  readonly actors: readonly Actor[];
  /** Whether anybody changes the settings. */
  readonly isAdministered?: boolean;
  /** Whether whoever changes the sale copies it to the ledger. */
  readonly hasCopies?: boolean;
  readonly faults?: number;
  readonly alike?: readonly Renaming[];
  /** Where the story begins, if not with an open gate and nothing sold. */
  readonly gate?: GateKeys;
  readonly nowMs?: number;
  readonly postgres?: (empty: Postgres) => Postgres;
  readonly ledger?: Ledger;
  readonly queue?: Queue;
  /** Beside those that hold in every world. */
  readonly laws?: readonly Law[];
};

/** A world with every store, every role and every law. */
export function worldOf(rules: Rules, beginning: Beginning): World {
  const settings = settingsOf(beginning.settings);
  const postgres = (beginning.postgres ?? ((empty) => empty))(newPostgres(settings));
  const { isAdministered = false, hasCopies = true } = beginning;
  const gate: Gate = { nowMs: beginning.nowMs ?? 1, keys: beginning.gate ?? openGate(1, 1, settings) };
  return {
    stores: {
      gate,
      ledger: beginning.ledger ?? emptyLedger,
      record: recordOf(postgres.sale),
      postgres,
      queue: beginning.queue ?? {},
      time: noTime,
    },
    operations: {
      gate: gateOperations(rules),
      ledger: ledgerOperations,
      record: saleRecordOperations,
      postgres: postgresOperations(rules),
      queue: queueOperations,
      time: timeOperations,
      watch: watchOperations(rules),
      chance: chanceOperations,
    },
    roles: rolesOf(rules, { isAdministered, hasCopies }),
    actors: beginning.actors,
    faults: beginning.faults ?? 0,
    alike: beginning.alike ?? [],
    laws: [...lawsThatAlwaysHold, ...(beginning.laws ?? [])],
    restLaws: lawsAtRest.filter((law) => hasCopies || law !== sameRecord),
  };
}
