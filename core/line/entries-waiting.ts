import type { LineState, LoggedList } from "./line-state.ts";
import { listOfRank } from "./lot.ts";

export const entriesIn = (root: LoggedList["root"]): number => (root ? root.lane0 + root.lane1 : 0);

/** The lists that are not over yet: that of the last turn given, and those after it. */
export const listsWaiting = ({ lists, upTo }: LineState): readonly LoggedList[] =>
  lists.slice(upTo === "" ? 0 : listOfRank(upTo));

/** Entries in the lists that are not over yet; null: not even the first list is counted. */
export function entriesWaiting(state: LineState): number | null {
  if (!state.lists[0]?.root) return null;
  return listsWaiting(state).reduce((sum, { root }) => sum + entriesIn(root), 0);
}
