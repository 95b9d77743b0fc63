import type { LineView } from "../api/contract.ts";
import type { SeenLine } from "./line-store.ts";

/** What a page shouts, since it means that the line was tampered with. */
export type Alarm = "root_changed" | "log_changed" | "left_out" | "receipt_wrong";

/** What a line shows otherwise than it did before. A copy that is merely older says nothing here. */
export function alarmsOf(seen: SeenLine, { lists, log }: Pick<LineView, "lists" | "log">): Alarm[] {
  const isRootChanged = lists.some(({ list, root }) => {
    const before = seen.roots[list];
    return before !== undefined && root !== null && root !== before;
  });
  const isLogChanged = seen.log !== null && seen.log.lines === log.lines && seen.log.hash !== log.hash;
  return [
    ...(isRootChanged ? ["root_changed" as const] : []),
    ...(isLogChanged ? ["log_changed" as const] : []),
  ];
}

/** The roots seen so far, with those that are new. A root that was seen once stays. */
export function withRoots(seen: SeenLine, { lists }: Pick<LineView, "lists">): SeenLine {
  const fresh = lists.filter(({ list, root }) => root !== null && seen.roots[list] === undefined);
  if (fresh.length === 0) return seen;
  return {
    ...seen,
    roots: { ...seen.roots, ...Object.fromEntries(fresh.map(({ list, root }) => [list, root!])) },
  };
}
