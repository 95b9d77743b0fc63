import { isDeepStrictEqual } from "node:util";
import type { CountedList } from "./line-key.ts";
import { emptyLog, type LogHead, type LogLine, type Pace, type Rules } from "./log-line.ts";
import { nobodyLeft, withLeaf, type Withdrawn } from "./withdrawn.ts";

/** A list as far as the log has come with it. */
export type LoggedList = {
  readonly list: number;
  readonly closingAtMs: number;
  readonly root: {
    readonly root: string;
    readonly lane0: number;
    readonly lane1: number;
    readonly round: number;
    readonly atMs: number;
  } | null;
  readonly key: { readonly key: string; readonly signature: string } | null;
};

export type Step = {
  readonly step: number;
  readonly after: string;
  readonly upTo: string;
  readonly quantityAtMost: number;
  readonly people: number;
  readonly holdsFromMs: number;
  /** Null: it has not lapsed yet. */
  readonly lapsesAtMs: number | null;
};

/** A change of the line by staff, and what had been said of turns before it. */
export type LineChange = {
  readonly what: "pace" | "pause" | "message" | "joining";
  readonly role: string;
  readonly atMs: number;
  readonly steps: number;
  readonly holdsFromMs: number;
};

/** So many orders, all of places up to `place`, and the roots of every line that has bound some. */
export type BoundOrders = {
  readonly count: number;
  readonly place: number;
  readonly root: string;
  readonly roots: readonly string[];
};

/** What became of so many orders, and the roots of every line that has bound it. */
export type BoundUnits = { readonly count: number; readonly root: string; readonly roots: readonly string[] };

/** What a log amounts to. Nothing else is ever known of a line. */
export type LineState = LogHead & {
  readonly rules: Rules | null;
  /** When its first line was written: from then on units go by turns. Null: there is none yet. */
  readonly begunAtMs: number | null;
  readonly lists: readonly LoggedList[];
  readonly steps: readonly Step[];
  readonly lapsedSteps: number;
  /** Of the last step or lapse. */
  readonly holdsFromMs: number;
  /** The largest rank of any step so far; "": none. */
  readonly upTo: string;
  readonly pace: Pace | null;
  /** The last list that anybody joins, since staff closed the line to newcomers; null: they have not. */
  readonly lastList: number | null;
  /** What staff changed last; null: nothing since the line began. */
  readonly lastChange: LineChange | null;
  readonly allocated: number;
  /**
   * Of a draw: every winner of its first pass has a step, so that whoever has none was not selected so far. The log says so by an
   * allocation that changes nothing.
   */
  readonly hasAllWinners: boolean;
  /** Leaves that were withdrawn after their list had closed. */
  readonly withdrawn: Withdrawn;
  /** The orders that the log binds; null: none yet. */
  readonly bound: BoundOrders | null;
  /** What became of them, as the log binds it; null: it does not yet. */
  readonly units: BoundUnits | null;
  /** The line goes on once units are there again, and the sale is not over. */
  readonly end: "sold_out" | "ended" | null;
};

export const noLine: LineState = {
  ...emptyLog,
  rules: null,
  begunAtMs: null,
  lists: [],
  steps: [],
  lapsedSteps: 0,
  holdsFromMs: 0,
  upTo: "",
  pace: null,
  lastList: null,
  lastChange: null,
  allocated: 0,
  hasAllWinners: false,
  withdrawn: nobodyLeft,
  bound: null,
  units: null,
  end: null,
};

/** The list that people join now. */
export const openList = ({ lists }: LineState): number => lists.length;

/**
 * Whether anybody joins the open list. List 0 takes everybody until its announced time, whatever staff say; a draw has no other, and
 * a room that was closed to newcomers takes nobody into a later one.
 */
export const mayJoin = ({ end, lists, lastList }: LineState, mode: Rules["mode"]): boolean =>
  end === null && (lists.length === 0 || (mode !== "draw" && lastList === null));

/** The state after one more line. Whether the line may follow, check-line.ts says. */
export function afterLine(state: LineState, line: LogLine, hash: string): LineState {
  const next = { ...state, lines: line.n + 1, hash, atMs: line.atMs };
  switch (line.kind) {
    case "rules": {
      const { n: _, prev: __, atMs: ___, kind: ____, saleId: _____, ...rules } = line;
      return { ...next, rules, begunAtMs: state.begunAtMs ?? line.atMs, allocated: rules.allocated };
    }
    case "closing":
      return {
        ...next,
        lists: [...state.lists, { list: line.list, closingAtMs: line.atMs, root: null, key: null }],
      };
    case "root": {
      const { root, lane0, lane1, round, atMs } = line;
      return { ...next, lists: changeList(state, line.list, { root: { root, lane0, lane1, round, atMs } }) };
    }
    case "key": {
      const { key, signature } = line;
      return { ...next, lists: changeList(state, line.list, { key: { key, signature } }) };
    }
    case "step": {
      const { step, after, upTo, quantityAtMost, people, holdsFromMs } = line;
      const added = { step, after, upTo, quantityAtMost, people, holdsFromMs, lapsesAtMs: null };
      return {
        ...next,
        ...lapse(state, line.lapsedSteps, holdsFromMs, added),
        upTo: upTo > state.upTo ? upTo : state.upTo,
      };
    }
    case "lapse":
      return { ...next, ...lapse(state, line.lapsedSteps, line.holdsFromMs) };
    case "settings": {
      const { admissionsPerSecond, mostInside, isPaused, message } = line;
      const pace = { admissionsPerSecond, mostInside, isPaused, message };
      // The first one is what the sale began with.
      const lastChange = state.pace && changeOf(state, line, whatChanged(state.pace, pace));
      return { ...next, pace, lastChange };
    }
    case "joining":
      return {
        ...next,
        lastList: line.isOpen ? null : state.lists.length,
        lastChange: changeOf(state, line, "joining"),
      };
    case "allocation": {
      const hasAllWinners =
        state.hasAllWinners || (state.steps.length > 0 && line.allocated === state.allocated);
      return { ...next, allocated: line.allocated, hasAllWinners };
    }
    case "withdrawn":
      return { ...next, withdrawn: withLeaf(state.withdrawn, line.leaf) };
    case "orders": {
      const { count, place, root } = line;
      return { ...next, bound: { count, place, root, roots: [...(state.bound?.roots ?? []), root] } };
    }
    case "units": {
      const { count, root } = line;
      return { ...next, units: { count, root, roots: [...(state.units?.roots ?? []), root] } };
    }
    case "end":
      return { ...next, end: line.reason };
    case "reopened":
      return { ...next, end: null };
    default:
      return line satisfies never;
  }
}

function whatChanged(before: Pace, after: Pace): LineChange["what"] {
  if (after.isPaused && !before.isPaused) return "pause";
  const { message: _, ...was } = before;
  const { message: __, ...is } = after;
  return isDeepStrictEqual(was, is) ? "message" : "pace";
}

const changeOf = (
  { steps, holdsFromMs }: LineState,
  { atMs, role }: Extract<LogLine, { role: string }>,
  what: LineChange["what"],
): LineChange => ({ what, role, atMs, steps: steps.length, holdsFromMs });

const changeList = (state: LineState, list: number, change: Partial<LoggedList>) =>
  state.lists.map((known) => (known.list === list ? { ...known, ...change } : known));

/** Steps are never told to lapse twice: the first instant stands. */
function lapse(state: LineState, lapsedSteps: number, holdsFromMs: number, added?: Step) {
  const isNew = lapsedSteps > state.lapsedSteps;
  const steps = isNew
    ? state.steps.map((step) =>
        step.step > state.lapsedSteps && step.step <= lapsedSteps
          ? { ...step, lapsesAtMs: holdsFromMs }
          : step,
      )
    : state.steps;
  return { steps: added ? [...steps, added] : steps, lapsedSteps, holdsFromMs };
}

/** A list as its files are found, once it was read; null: it was not yet. */
export function readListOf({ lists }: Pick<LineState, "lists">, list: number): CountedList | null {
  const root = lists[list]?.root;
  return root ? { list, root: root.root, count: root.lane0 + root.lane1 } : null;
}

/** The steps whose turns have not lapsed for certain. */
export const liveSteps = ({ steps, lapsedSteps }: LineState): readonly Step[] => steps.slice(lapsedSteps);
