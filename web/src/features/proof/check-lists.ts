import type { KnownList, LineState } from "./line-state.ts";
import type { ListEntries } from "./list-entries.ts";
import { type ClosingLine, MOST_QUANTITY, type RootLine } from "./log-lines.ts";

/** From a list's closing to its root: longer than a join can run. */
const ROOT_AFTER_CLOSING_MS = 8_000;

/** Law 2: lists close in order, each at its time, none after the line was closed to newcomers, and a draw has one. */
export function checkClosing(state: LineState, { list, atMs }: ClosingLine, where: string): void {
  const { lists, lastList, rules, end } = state;
  const isNext = list === lists.length && list <= lastList && (rules!.mode !== "draw" || list === 0);
  if (!state.check(isNext, "log", "list_order", where)) return;
  const { closesAtMs, listSeconds } = rules!;
  const before = lists.at(-1);
  const dueMs = before ? before.closedAtMs + listSeconds * 1_000 : closesAtMs;
  // The last list of a line that was closed to newcomers need not wait.
  const isInTime = atMs >= dueMs || (list > 0 && lastList !== Infinity);
  state.check(end === null && isInTime, "log", "closed_early", where);
  lists.push({ closedAtMs: atMs, root: null, key: null, entries: null, ranked: null, left: [] });
}

/** Laws 1 and 3: when a list was read, and how much an entry may ask for. */
export function checkRead(
  state: LineState,
  { closedAtMs }: Pick<KnownList, "closedAtMs">,
  { list, atMs }: RootLine,
  { quantities }: ListEntries,
  where: string,
): void {
  state.check(atMs - closedAtMs >= ROOT_AFTER_CLOSING_MS, "lists", "read_early", where);
  // List 0 alone: the limit may be raised later, which the log does not say. For returns it never is.
  const isLimited = list === 0 || state.rules!.mode === "returns";
  const most = isLimited ? Math.min(state.purchaseLimit, MOST_QUANTITY) : MOST_QUANTITY;
  const largest = quantities.reduce((sum, quantity) => Math.max(sum, quantity), 0);
  state.check(largest <= most, "lists", "list_units", `list ${list}`);
}
