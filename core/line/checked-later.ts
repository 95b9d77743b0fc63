import type { CheckedLater } from "../contract/line.ts";
import type { SaleId } from "../ids.ts";
import type { Joins } from "./joins.dynamo.ts";
import { laneNow, reasonCounts } from "./lanes.ts";
import { type LineState, mayJoin, openList } from "./line-state.ts";

type Counting = Pick<Joins, "demotedIn" | "undoneLanes">;

/** Who is checked later, in the list that is open, or else the last one. Reads the whole list: for people who look, not for each poll. */
export async function checkedLater(joins: Counting, saleId: SaleId, state: LineState): Promise<CheckedLater> {
  const isOpen = mayJoin(state, state.rules?.mode ?? "waiting_room");
  const list = isOpen ? openList(state) : Math.max(0, state.lists.length - 1);
  const [{ entries, demoted }, undone] = await Promise.all([
    joins.demotedIn(saleId, list),
    joins.undoneLanes(saleId, list),
  ]);
  const lane1 = demoted.filter((entry) => laneNow({ ...entry, lane: 1 }, undone) === 1).length;
  return { list, isOpen, entries, lane1, reasons: reasonCounts(demoted, undone) };
}
