/** What is re-derived, in the order in which it is shown. */
export const checkNames = [
  "log",
  "lists",
  "rounds",
  "signatures",
  "keys",
  "steps",
  "orders",
  "promises",
  "seen",
] as const;
export type CheckName = (typeof checkNames)[number];

/** Each way in which files can differ from the protocol; the words are in web/texts. */
export type FaultKind =
  | "no_line"
  | "line_number"
  | "line_hash"
  | "time_fell"
  | "log_hash"
  | "first_lines"
  | "other_sale"
  | "other_mode"
  | "rules_late"
  | "rules_fit"
  | "index"
  | "chain_changed"
  | "unknown_chain"
  | "list_order"
  | "joining"
  | "closed_early"
  | "read_early"
  | "list_units"
  | "no_entry"
  | "entry_order"
  | "commitment_twice"
  | "list_count"
  | "list_root"
  | "round_rule"
  | "root_late"
  | "signature"
  | "key"
  | "key_early"
  | "step_number"
  | "step_range"
  | "step_people"
  | "step_after_end"
  | "step_in_pause"
  | "two_lanes"
  | "before_opening"
  | "left_out_of_step"
  | "withdrawn_range"
  | "second_chance"
  | "withdrawn_again"
  | "ended_again"
  | "not_ended"
  | "numbers_fell"
  | "holds_early"
  | "lapsed_early"
  | "no_order"
  | "order_twice"
  | "order_leaf"
  | "order_step"
  | "order_early"
  | "order_late"
  | "order_units"
  | "order_state"
  | "final_early"
  | "too_many_units"
  | "not_sold_out"
  | "binding"
  | "orders_root"
  | "unbound"
  | "units_line"
  | "units_root"
  | "units_change"
  | "units_unbound"
  | "promised_too_many"
  | "promised_twice"
  | "promised_range"
  | "kept_back"
  | "sooner"
  | "promised_withdrawn"
  | "wrongly_passed_over"
  | "seen_log"
  | "seen_root"
  | "left_out";

export type Fault = {
  readonly check: CheckName;
  readonly kind: FaultKind;
  /** A line of the log, an entry, an order: `log 12`, `list 0`, `order 3`. */
  readonly where: string;
};

/** Where one's own entry stands. */
export type OwnEntry = {
  readonly list: number;
  readonly lane: number;
  readonly quantity: number;
  readonly leaf: string;
  /** Null: its list has no key yet. */
  readonly lot: string | null;
  /** In its list, and in the whole line; from 1. */
  readonly placeInList: number | null;
  readonly place: number | null;
  readonly entriesInList: number;
  readonly step: number | null;
  readonly isWithdrawn: boolean;
};

export type Report = {
  readonly mode: "waiting_room" | "draw" | "returns" | null;
  readonly isRehearsal: boolean;
  /** How many of each were looked at. */
  readonly counts: Readonly<Record<CheckName, number>>;
  readonly faults: readonly Fault[];
  /** Signatures that could not be verified, since the code for it could not be loaded. */
  readonly unverified: number;
  readonly isFinal: boolean;
  readonly entries: number;
  /** Null: there is no receipt here. "left_out": the entry is in no list. */
  readonly own: OwnEntry | "left_out" | null;
};

/** Keeps faults, so that the rest is checked all the same. */
export function createFaults() {
  const faults: Fault[] = [];
  const counts = Object.fromEntries(checkNames.map((name) => [name, 0])) as Record<CheckName, number>;
  return {
    faults,
    counts,
    /** Says that something does not fit, unless it does; answers whether it does. */
    check(isRight: boolean, check: CheckName, kind: FaultKind, where: string): boolean {
      if (!isRight) faults.push({ check, kind, where });
      return isRight;
    },
  };
}
