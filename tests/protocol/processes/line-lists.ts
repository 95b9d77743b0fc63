import type { News } from "../../../core/line/log-line.ts";
import { openList } from "../../../core/line/line-state.ts";
import { watch } from "../engine/operation.ts";
import { callsOf, type Ending, goOnAs, tell, type Work } from "../engine/process.ts";
import type { Rules } from "../rules.ts";
import {
  after,
  closingNews,
  files,
  joins,
  keyNews,
  lineLog,
  type Log,
  rootNews,
  inShort,
  rootOf,
  stateOf,
} from "../stores/line.ts";
import { lineClock } from "../stores/line-clock.ts";

/** The look of a guardian finds something to do with list 0. */
export const listWatches = {
  isUndrawn: watch(["log"], (log: Log) => !stateOf(log).lists[0]?.key, "sees that list 0 is not drawn"),
};
const watches = callsOf<typeof listWatches>("lists");

/** Adds a line behind the log that was read; who has added it knows it, and tells it. */
export function* addLine(role: string, args: unknown, log: Log, news: News): Work<Ending> {
  const text = after(log, news).at(-1)!;
  const reply = yield* lineLog.append({ after: log.length, text });
  const statements = reply === "added" ? [{ about: `line ${log.length}`, word: inShort(news) }] : [];
  return { statements, goesOn: { role, args } };
}

export const listRoles = (rules: Rules) => ({
  /** `joinLine`; a page whose join was not answered in time repeats it. */
  join: function* join({ buyer }: { readonly buyer: string }): Work<Ending> {
    const list = openList(stateOf(yield* lineLog.read(null)));
    yield* joins.put({ list, buyer });
    const isInTime = yield* lineClock.isInTime({ list });
    if (!isInTime && rules("a join is answered only in time")) return goOnAs("join", { buyer });
    return tell(buyer, `in list ${list}`);
  },

  /** `advanceLists`, one line of the log in each look. */
  lists: function* lists(args: { readonly id: string }): Work<Ending> {
    yield* watches.isUndrawn(null);
    const log = yield* lineLog.read(null);
    const state = stateOf(log);
    const list = state.lists[0];
    if (!list) return yield* addLine("lists", args, log, closingNews(0));
    if (list.key) return goOnAs("lists", args);
    if (list.root) return yield* addLine("lists", args, log, keyNews(state, 0));
    if (rules("a list is read later than a join can run")) yield* lineClock.waitFor({ list: 0 });
    const buyers = yield* joins.ofList({ list: 0 });
    const name = rules("pages lie under their root") ? rootOf(0, buyers) : "list 0";
    yield* files.put({ name, buyers });
    return yield* addLine("lists", args, log, rootNews(state, 0, buyers));
  },
});
