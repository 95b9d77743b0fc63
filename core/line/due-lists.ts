import { JOIN_TIME_LIMIT_MS } from "./join.ts";
import type { LineState } from "./line-state.ts";

/**
 * A list is read so long after it has closed: longer than a join that began before can still be answered, by what the closing
 * line itself may have taken to be written.
 */
export const READ_AFTER_CLOSING_MS = 8_000;

/** A closing was seen in the log so long before its list is read: a join that had read the log without it is answered by then. */
const READ_AFTER_SEEING_MS = JOIN_TIME_LIMIT_MS + 1_000;

/** Whether the open list closes now, if anybody is in it. List 0 closes whether or not. */
export function isClosingDue(state: LineState, nowMs: number): boolean {
  const { rules, lists, end, lastList } = state;
  if (!rules || end !== null) return false;
  const last = lists.at(-1);
  if (!last) return nowMs >= rules.closesAtMs;
  if (rules.mode === "draw" || (lastList !== null && lists.length > lastList)) return false;
  // Nobody joins the last list of a line that was closed to newcomers: it need not wait.
  return lastList !== null || nowMs >= last.closingAtMs + rules.listSeconds * 1_000;
}

/**
 * The list that is to be read now; null: none.
 *
 * @param seenAtMs when its reader saw that a list had closed. A guardian that is frozen while it closes one puts the line long after the
 * time that the line says.
 */
export const listToRead = (
  { lists }: LineState,
  nowMs: number,
  seenAtMs: ReadonlyMap<number, number>,
): number | null =>
  lists.find(
    ({ list, root, closingAtMs }) =>
      !root &&
      nowMs >= closingAtMs + READ_AFTER_CLOSING_MS &&
      nowMs >= (seenAtMs.get(list) ?? nowMs) + READ_AFTER_SEEING_MS,
  )?.list ?? null;

/** The list whose key is due next, and its round; null: none. */
export function keyToMake({ lists }: LineState): { readonly list: number; readonly round: number } | null {
  const next = lists.find(({ key }) => !key);
  return next?.root ? { list: next.list, round: next.root.round } : null;
}
