import { faultPoint } from "../../fault-point.ts";
import type { TendReply, ToldStep } from "../../gate/tend-line.ts";
import { AHEAD_MS, earliestLapse, lapsedSteps, unlapsedSteps } from "../../line/lapse.ts";
import { type LineState, liveSteps } from "../../line/line-state.ts";
import { listOfRank } from "../../line/lot.ts";
import { drawSteps, promisedUnits, roomStep, stepNews } from "../../line/next-steps.ts";
import { opensAtMs } from "../../line/opens-at.ts";
import { peopleToAdmit } from "../../line/pace.ts";
import { positionAfter, type RankedList } from "../../line/ranked-list.ts";
import type { Results } from "../../line/results.dynamo.ts";
import type { TurnMails } from "../../line/turn-mails.dynamo.ts";
import type { Look } from "../duties/duty.ts";
import { isOverAt } from "../duties/is-over.ts";
import type { LineWriter } from "./line-writer.ts";

/** Less than the minute for which the protocol lets units be counted before a step. */
const LONGEST_WRITING_MS = 20_000;

type Tended = Pick<Extract<TendReply, { kind: "tended" }>, "nowMs" | "live" | "available">;
export type AdmitDependencies = {
  readonly turnMails: Pick<TurnMails, "owe" | "watchUntil">;
  readonly results: Pick<Results, "owe">;
};

type Range = { readonly upTo: string; readonly people: number };
type RankedOf = (list: number) => Promise<RankedList | null>;

/**
 * Lets the next ones in, and turns lapse: each a line of the log. The gate hears of it in the next look, a second later and long
 * before it holds.
 */
export async function admit(
  { sale, view }: Look,
  writer: LineWriter,
  { nowMs: toldAtMs, live: gateSteps, available: availableThen }: Tended,
  rankedOf: RankedOf,
  { turnMails, results }: AdmitDependencies,
): Promise<void> {
  const { rules, end, steps: stepsBefore } = writer.state();
  if (!rules) return;
  if (isSoldOut({ sale, view }) && end === null) {
    await writer.add({ kind: "end", reason: "sold_out" });
    await faultPoint("line_after_end");
    return;
  }
  // What was bought is of the later look at the gate: with the units of the earlier one, those bought in between would count twice.
  const available = Math.min(view.stock.available, availableThen);
  if (end !== null && available > 0 && !isOverAt(sale, writer.nowMs())) {
    // Whoever was told that a draw was over before its turns is told anew what came of it.
    if (rules.mode === "draw" && writer.state().lists[0]?.key) await results.owe(sale.saleId);
    await writer.add({ kind: "reopened", units: available });
    await faultPoint("line_after_reopening");
  }
  const state = writer.state();
  const lapsed = lapsedSteps(state.lapsedSteps, gateSteps, rules.turnSeconds);
  const nowMs = writer.nowMs();
  const startsAtMs = opensAtMs(rules, sale.startsAtMs);
  const holdsFrom = holdsFromBy(writer, Math.max(startsAtMs, earliestLapse(state, lapsed)));
  const isServing = view.state === "running" && nowMs >= startsAtMs - AHEAD_MS;
  const mayAdmit = isServing && state.end === null && state.pace?.isPaused === false;
  const ranges = mayAdmit
    ? await nextRanges(state, {
        lapsed,
        gateSteps,
        countedAtMs: Math.min(toldAtMs, nowMs),
        holdsFromMs: holdsFrom(state),
        available,
        rankedOf,
      })
    : [];
  for (const range of ranges) {
    // What was counted is of before: the next look counts anew, and goes on.
    if (writer.nowMs() > nowMs + LONGEST_WRITING_MS) return;
    // Before the step: whoever dies after it has said that its people are to be told. Others do it, and nothing waits for them.
    if (isToldByMail(writer.state(), range, stepsBefore.length === 0))
      await turnMails.owe(sale.saleId, writer.state().steps.length + 1, nowMs);
    await faultPoint("line_before_step");
    await writer.add((now) => stepNews(now, range, lapsed, holdsFrom(now)));
    await faultPoint("line_after_step");
  }
  if (ranges.length === 0 && lapsed > state.lapsedSteps)
    await writer.add((now) => ({ kind: "lapse", lapsedSteps: lapsed, holdsFromMs: holdsFrom(now) }));
  if (mayAdmit && isFirstPassWhole(writer.state()))
    await writer.add(({ allocated }) => ({ kind: "allocation", allocated, role: "operator" }));
}

/** From when a line holds that is written now: a draw's steps may be many, and each takes a while. */
const holdsFromBy =
  (writer: LineWriter, earliestMs: number) =>
  ({ atMs, holdsFromMs }: LineState): number =>
    Math.max(Math.max(writer.nowMs(), atMs) + AHEAD_MS, earliestMs, holdsFromMs);

/** Whether the log has yet to say that a draw's winners are all there, now that each has a step. */
const isFirstPassWhole = ({ rules, steps, hasAllWinners }: LineState): boolean =>
  rules?.mode === "draw" && steps.length > 0 && !hasAllWinners;

/** More people than a few seconds' mails are told by their pages alone; so are those of a list that takes long to read. */
const MOST_TOLD = 40;
const LONGEST_LIST_TOLD = 20_000;

/**
 * Whether the people of a new step get a mail. The first winners of a draw hear of it by their result's own. Whoever waits for what comes
 * back was promised one, and has closed the page; many holds of one second end in one.
 */
function isToldByMail({ rules, lists }: LineState, { upTo, people }: Range, isFirstPass: boolean): boolean {
  const most = rules?.mode === "returns" ? Infinity : MOST_TOLD;
  if (people === 0 || people > most || (rules?.mode === "draw" && isFirstPass)) return false;
  const root = lists[listOfRank(upTo)]?.root;
  return root !== null && root !== undefined && root.lane0 + root.lane1 <= LONGEST_LIST_TOLD;
}

/** Every unit is in a confirmed order, or was taken off sale: none comes back by itself. If one does, the line goes on. */
const isSoldOut = ({ sale, view }: Pick<Look, "sale" | "view">) =>
  view.stock.available === 0 &&
  view.stock.held === 0 &&
  view.outboxLength === 0 &&
  sale.sold + sale.withheld >= sale.allocated;

type Facts = {
  readonly lapsed: number;
  readonly gateSteps: readonly ToldStep[];
  /** When the gate counted, by its clock and by the log's: the earlier, so that the log shows which lapses held by then. */
  readonly countedAtMs: number;
  readonly holdsFromMs: number;
  readonly available: number;
  readonly rankedOf: RankedOf;
};

async function nextRanges(state: LineState, facts: Facts) {
  const { lapsed, gateSteps, countedAtMs, holdsFromMs, available, rankedOf } = facts;
  const ranked = await currentList(state, rankedOf);
  if (!ranked) return [];
  if (state.rules?.mode === "draw") {
    // A lapse holds seconds after it is written; until then its units may still be bought, and are promised to nobody else.
    return drawSteps(
      state,
      ranked,
      available - promisedUnits(unlapsedSteps(state, countedAtMs), ranked, gateSteps),
    );
  }
  const isUnitEach = state.rules?.mode === "returns";
  // A turn that has a unit of its own keeps it until its lapse holds: in these seconds it may still buy.
  const live = isUnitEach
    ? unlapsedSteps(state, countedAtMs)
    : liveSteps(state).filter(({ step }) => step > lapsed);
  const bought = new Map(gateSteps.map((step) => [step.step, step.bought]));
  const inside = live.reduce((sum, { step, people }) => sum + people - (bought.get(step) ?? 0), 0);
  const pace = state.pace!;
  const people = peopleToAdmit({ pace, steps: state.steps, holdsFromMs, inside, available, isUnitEach });
  const range = people > 0 ? roomStep(state, ranked, people) : null;
  return range ? [range] : [];
}

/** The list in which the line is: the first with people left. A draw has one list. */
async function currentList(state: LineState, rankedOf: RankedOf): Promise<RankedList | null> {
  const first = state.upTo === "" ? 0 : listOfRank(state.upTo);
  for (const { list, key } of state.lists.slice(first)) {
    const ranked = key && (await rankedOf(list));
    if (!ranked) return null;
    if (state.rules?.mode === "draw" || positionAfter(ranked, state.upTo) < ranked.count) return ranked;
  }
  return null;
}
