import type { ListEntries, RankedEntries } from "./list-entries.ts";
import type { KeyLine, OrdersLine, RootLine, RulesLine, UnitsLine } from "./log-lines.ts";
import { createFaults } from "./report.ts";
import type { VerifyRound } from "./verify-round.ts";

export type KnownList = {
  closedAtMs: number;
  root: RootLine | null;
  key: KeyLine | null;
  entries: ListEntries | null;
  ranked: RankedEntries | null;
  /** Leaves that were withdrawn before its root. */
  left: string[];
};

export type KnownStep = {
  readonly step: number;
  readonly after: string;
  readonly upTo: string;
  readonly quantityAtMost: number;
  readonly holdsFromMs: number;
  readonly isSecondChance: boolean;
  /** When it was made, and what was allocated and withdrawn then. */
  readonly atMs: number;
  readonly allocated: number;
  readonly withdrawn: ReadonlySet<string>;
  lapsesAtMs: number | null;
};

export type Allocation = {
  readonly atMs: number;
  readonly allocated: number;
  readonly steps: number;
  readonly where: string;
};

/** Reads one page after another of the published entries of a list; null: they are not there. */
export type EntriesOf = (list: number) => readonly string[] | null;

/** What a log amounts to, as far as it was read; every line is checked against it. */
export function emptyState(saleId: string, entriesOf: EntriesOf, verifyRound: VerifyRound | null) {
  return {
    saleId,
    entriesOf,
    verifyRound,
    ...createFaults(),
    unverified: 0,
    rules: null as RulesLine | null,
    /** When its first line was written. */
    begunAtMs: 0,
    lists: [] as KnownList[],
    steps: [] as KnownStep[],
    lapsedSteps: 0,
    holdsFromMs: 0,
    upTo: "",
    allocated: 0,
    /** What was allocated, from when on, and how many steps there were. */
    allocations: [] as Allocation[],
    /** Of all lists: the first bytes of each commitment, to find one that stands twice. */
    commitments: [] as BigUint64Array[],
    /** The largest of any rules. */
    purchaseLimit: 0,
    /** Sell-outs: when, with how much allocated, and in which line. */
    soldOut: [] as { readonly atMs: number; readonly allocated: number; readonly where: string }[],
    withdrawn: new Set<string>() as ReadonlySet<string>,
    /** The lines that bind orders, each with where it is. */
    bound: [] as (OrdersLine & { readonly where: string })[],
    /** The lines that bind what became of them, each with how many had bound orders before it. */
    units: [] as (UnitsLine & { readonly bindings: number; readonly where: string })[],
    /** Why it has ended; null: it goes on. */
    end: null as string | null,
    /** Whether it ever did. */
    hasEnded: false,
    /** Nobody is let in. */
    isPaused: false,
    /** The last list that anybody joins, once the line was closed to newcomers. */
    lastList: Infinity,
    /** Of every line. */
    hashes: new Set<string>(),
  };
}
export type LineState = ReturnType<typeof emptyState>;
