import type { Step } from "../../../core/line/line-state.ts";
import { drawSteps, promisedUnits, roomStep, stepNews } from "../../../core/line/next-steps.ts";
import { stepOf } from "../../../core/line/turn.ts";
import { watch } from "../engine/operation.ts";
import { callsOf, type Ending, goOnAs, type Statement, tell, type Work } from "../engine/process.ts";
import type { Rules } from "../rules.ts";
import { HOLDS_FROM_MS, inOrder, lineLog, type Log, rankedOf, stateOf } from "../stores/line.ts";
import { type LineClock, lineClock } from "../stores/line-clock.ts";
import { gateOfLine, type LineGate, type StepRow, type Tended } from "../stores/line-gate.ts";
import { ledgerOfLine, type LineLedger } from "../stores/line-ledger.ts";
import { addLine } from "./line-lists.ts";

type Mode = "waiting_room" | "draw";
export type BuyArgs = { readonly buyer: string; readonly key: string; readonly orderId: string };
/** `most`: people whom this guardian lets in at once, as its last look at the pace says. */
export type LetInArgs = { readonly id: string; readonly most: number };

const rankOf = (log: Log, buyers: readonly string[], buyer: string) =>
  inOrder(log, buyers).find((place) => place.buyer === buyer)!.rank;

export const turnWatches = (rules: Rules, buyers: readonly string[], mode: Mode) => ({
  /** The log has a step for the buyer, and it holds. */
  turnBegins: {
    ...watch(["log", "clock"], () => true, "sees in the log that it is their turn"),
    run: ({ buyer }: { readonly buyer: string }, log: Log, clock: LineClock) => {
      const step = stepOf(stateOf(log), { rank: rankOf(log, buyers, buyer), quantity: 1 });
      return step && clock.holds >= step.step ? [{ reply: null, next: [log, clock] }] : [];
    },
  },
  /** A guardian's look would find something to do. */
  needsLook: watch(
    ["log", "gate", "clock"],
    (log: Log, gate: LineGate, clock: LineClock) => {
      if (gate === null) return false;
      const { steps, lapsedSteps } = stateOf(log);
      const isTold =
        gate.lineEpoch === gate.epoch && steps.length <= lastTold(gate) && lapsedSteps <= gate.lapsedSteps;
      if (!isTold || clock.turnsOver > lapsedSteps) return true;
      const live = Object.values(gate.rows).map(({ step }) => ({ step, units: gate.units[step] ?? 0 }));
      const tended = { kind: "tended", available: gate.available, live, clock } as const;
      const seen = { log, view: gate, tended, lapsedSteps, most: buyers.length };
      return nextRanges(rules, mode, buyers, seen).length > 0;
    },
    "sees that the line can move",
  ),
});

const lastTold = ({ rows, lapsedSteps }: NonNullable<LineGate>) =>
  Math.max(lapsedSteps, ...Object.values(rows).map(({ step }) => step));

type Watches = ReturnType<typeof turnWatches>;
const watches = callsOf<Watches>("turns");

/** What happens by itself, and what others do. */
const lineHappenings = {
  recover: function* recover({ allocated }: { readonly allocated: number }): Work<Ending> {
    yield* gateOfLine.rebuild({ allocated });
    return goOnAs("recover", { allocated });
  },
  adopt: function* adopt(): Work<Ending> {
    yield* gateOfLine.adopt(null);
    return goOnAs("adopt", null);
  },
  lose: function* lose(): Work<Ending> {
    yield* gateOfLine.lose(null);
  },
  giveBack: function* giveBack(): Work<Ending> {
    yield* gateOfLine.giveBack(null);
  },
  /** Time: steps and lapses come to hold, surely. */
  pass: function* pass(): Work<Ending> {
    yield* lineClock.hold(null);
    return goOnAs("pass", null);
  },
  lapse: function* lapse(): Work<Ending> {
    yield* lineClock.letLapse(null);
    return goOnAs("lapse", null);
  },
  /** Turns end, at any time. */
  endTurn: function* endTurn(): Work<Ending> {
    yield* lineClock.endTurn(null);
    return goOnAs("endTurn", null);
  },
};

export const turnRoles = (rules: Rules, buyers: readonly string[], mode: Mode) => ({
  /** `purchase` by somebody who sees that their turn has come. */
  buy: function* buy({ buyer, key, orderId }: BuyArgs): Work<Ending> {
    yield* watches.turnBegins({ buyer });
    const log = yield* lineLog.read(null);
    const rank = rankOf(log, buyers, buyer);
    const step = stepOf(stateOf(log), { rank, quantity: 1 })?.step;
    // Only of a log that was forked.
    if (step === undefined) return {};
    const reply = yield* gateOfLine.reserve({ buyer, key, orderId, step, rank });
    switch (reply.kind) {
      case "reserved":
      case "replayed": {
        const { order, epoch } = reply;
        yield* ledgerOfLine.put({ order, epoch });
        return (yield* ledgerOfLine.isInTime({ epoch })) ? tell(order.orderId, "accepted") : {};
      }
      case "not_reached":
        return tell(buyer, "not reached");
      case "lapsed":
        return { statements: [buyer, key].map((about): Statement => ({ about, word: "lapsed" })) };
      case "sold_out":
        return tell(buyer, "sold out");
      case "over_turn":
      case "recovering":
      case "lost":
        return {};
      default:
        return reply satisfies never;
    }
  },

  /** `tend`: tells the gate, then lets people in, or lets turns lapse; one line of the log in each look. */
  letIn: function* letIn(args: LetInArgs): Work<Ending> {
    yield* watches.needsLook(null);
    const view = yield* gateOfLine.inspect(null);
    if (view === null) return goOnAs("letIn", args);
    const log = yield* lineLog.read(null);
    const state = stateOf(log);
    const tended = yield* tellGate(view, log);
    if (tended.kind !== "tended") return goOnAs("letIn", args);
    const lapsedSteps = Math.max(state.lapsedSteps, tended.clock.turnsOver);
    const ranges = nextRanges(rules, mode, buyers, { log, view, tended, lapsedSteps, most: args.most });
    const [range] = ranges;
    if (!range) {
      if (lapsedSteps === state.lapsedSteps) return goOnAs("letIn", args);
      return yield* addLine("letIn", args, log, { kind: "lapse", lapsedSteps, holdsFromMs: HOLDS_FROM_MS });
    }
    if (!rules("a step is in the log before the gate is told"))
      yield* gateOfLine.tend({
        epoch: view.epoch,
        rows: [{ ...range, step: state.steps.length + 1, isLapsed: false }],
        lapsedSteps: 0,
        bought: [],
      });
    return yield* addLine("letIn", args, log, stepNews(state, range, lapsedSteps, HOLDS_FROM_MS));
  },

  ...lineHappenings,
});

/** `tellGate`: what the gate has not been told of; and what was bought, if it has forgotten it. */
function* tellGate(view: NonNullable<LineGate>, log: Log): Work<Tended> {
  const { steps, lapsedSteps } = stateOf(log);
  const isNew = view.lineEpoch !== view.epoch;
  const bought = isNew ? countedIn(yield* ledgerOfLine.ofSale(null), view.epoch) : [];
  const had = isNew ? 0 : lastTold(view);
  const rows = steps
    .map(({ step, after, upTo, lapsesAtMs }): StepRow => ({
      step,
      after,
      upTo,
      isLapsed: lapsesAtMs !== null,
    }))
    .filter(({ step, isLapsed }) => step > had || (isLapsed && step > view.lapsedSteps));
  return yield* gateOfLine.tend({ epoch: view.epoch, rows, lapsedSteps, bought });
}

/** What the rebuild has left out is counted when it is adopted. */
const countedIn = ({ orders }: LineLedger, epoch: number) =>
  Object.values(orders)
    .filter(({ countedEpoch, isRefused }) => countedEpoch === epoch && !isRefused)
    .map(({ orderId, buyer, key, step }) => ({ orderId, buyer, key, step }));

type Seen = {
  readonly log: Log;
  readonly view: NonNullable<LineGate>;
  readonly tended: Extract<Tended, { kind: "tended" }>;
  readonly lapsedSteps: number;
  readonly most: number;
};

/** `nextRanges`. */
function nextRanges(
  rules: Rules,
  mode: Mode,
  buyers: readonly string[],
  { log, view, tended, lapsedSteps, most }: Seen,
): readonly Pick<Step, "after" | "upTo" | "quantityAtMost" | "people">[] {
  const state = stateOf(log);
  const ranked = rankedOf(log, buyers);
  const isOneLook = rules("units are counted in one look");
  const available = isOneLook ? Math.min(view.available, tended.available) : view.available;
  if (mode === "waiting_room") {
    const range = available > 0 ? roomStep(state, ranked, most) : null;
    return range ? [range] : [];
  }
  const waits = rules("a draw passes on what nobody can buy");
  const open = state.steps.filter(({ step }) => step > (waits ? tended.clock.lapsed : lapsedSteps));
  const progress = tended.live.map(({ step, units }) => ({ step, units, bought: units, servedMs: 0 }));
  return drawSteps(state, ranked, available - promisedUnits(open, ranked, progress)).slice(0, 1);
}
