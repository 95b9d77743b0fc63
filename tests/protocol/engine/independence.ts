import type { AnyOperation, Touches } from "./operation.ts";

/** What an operation touches: as it says itself, or the whole of its stores. */
export function touchesOf({ touches, kind, on }: AnyOperation): Touches {
  if (touches) return touches;
  return kind === "read" ? { reads: on } : { writes: on };
}

const overlap = (some: readonly string[] = [], others: readonly string[] = []) =>
  some.some((a) => others.some((b) => a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`)));

/** Whether the order of two operations can make a difference to anybody. */
export function conflict(a: Touches, b: Touches): boolean {
  return (
    overlap(a.writes, b.reads) ||
    overlap(a.writes, b.writes) ||
    overlap(a.writes, b.adds) ||
    overlap(a.reads, b.writes) ||
    overlap(a.reads, b.adds) ||
    overlap(a.adds, b.reads) ||
    overlap(a.adds, b.writes)
  );
}

/** Cells of which a law speaks that holds after every step. */
const SEEN_BY_LAWS = [
  "gate.status",
  "gate.inside",
  "postgres.rows",
  "postgres.settings",
  "ledger.entries",
  "provider",
  "log",
  "files",
];

/** Whether the step changes nothing that a law looks at. */
export const isUnseen = ({ writes = [], adds = [] }: Touches): boolean =>
  !overlap([...writes, ...adds], SEEN_BY_LAWS);
