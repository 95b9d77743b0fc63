import type { BuyerId, JoinAnswer, LineView, ProblemKind, SaleId } from "../api/contract.ts";
import type { ServerClock } from "../clock/server-clock.ts";
import { isMissing } from "../api/request.ts";
import { startPoll } from "../page/poll.ts";
import { backoffMs } from "../page/waits.ts";
import { canHash, rankBy } from "./entry-hash.ts";
import { hasGrown, type Wait } from "./estimate.ts";
import { guardLine } from "./guard-line.ts";
import { createJoin } from "./join.ts";
import { lineApi } from "./line-api.ts";
import type { LineStore } from "./line-store.ts";
import { lookAfterMs } from "./look-after.ts";
import { isWorthAsking, type LineKnowledge, type OwnEntry, type Place, placeOf } from "./place.ts";
import type { Alarm } from "./seen-line.ts";

/** An entry that is in its turn is looked up so often: a pause lengthens it. */
const TURN_LOOK_MS = 20_000;
const GROWN_STANDS_MS = 60_000;

export type Line = {
  view: () => LineView | null;
  place: () => Place;
  /** Null: the buyer has none, or it is not known yet. */
  entry: () => OwnEntry | null;
  alarms: () => readonly Alarm[];
  /** The buyer's own entry was found in the published list. */
  isLeafSeen: () => boolean;
  /** Why the wait has become longer within the last minute; null: it has not. */
  grownWhy: () => Wait["why"] | null;
  follow: (buyerId: BuyerId | null) => void;
  join: (quantity: number) => void;
  /** Into the slower lane. */
  joinWithoutCheck: () => void;
  cancelJoin: () => void;
  leave: () => void;
  /** The last try to leave was not answered, or refused: the entry stands as far as anybody knows. */
  hasLeaveFailed: () => boolean;
  askNow: () => void;
};

type Surroundings = {
  readonly saleId: SaleId;
  readonly store: LineStore;
  readonly clock: ServerClock;
  readonly invitation: () => string | null;
  readonly onSignedOut: () => void;
  readonly onChange: () => void;
};

/**
 * Follows the line of one sale, and the buyer's entry in it. The line is one small file for everybody, from which the page
 * computes its own place; the server is asked of an entry once, and again only when the line has come to it.
 */
export function createLine({ saleId, store, clock, invitation, onSignedOut, onChange }: Surroundings): Line {
  let view: LineView | null = null;
  let failures = 0;
  let buyerId: BuyerId | null = null;
  let entry: LineKnowledge["entry"] = null;
  let hasLeaveFailed = false;
  let before: Wait | null = null;
  let grown: { why: Wait["why"]; untilMs: number } | null = null;
  let asked = { steps: -1, atMs: 0 };
  /** Counts who is followed: what was asked for somebody else is no longer wanted. */
  let follower = 0;

  const nowMs = () => clock.nowMs() ?? (view ? Date.parse(view.serverTime) : 0);
  const own = () => (entry === "unknown" ? null : entry);
  const listOf = (list: number) => view?.lists.find((known) => known.list === list);
  const place = () =>
    placeOf({ view, isUnreachable: failures > 0, entry, joining: join.state(), nowMs: nowMs() });
  const join = createJoin({ saleId, invitation, onAnswer: takeAnswer, onChange });
  const guard = guardLine({ saleId, store, onChange, onUndone: () => void lookUp().then(onChange) });

  const poll = startPoll(async () => {
    const reply = await lineApi.line(saleId);
    if (reply.kind !== "ok") {
      failures += 1;
      onChange();
      return backoffMs(failures);
    }
    failures = 0;
    view = reply.value;
    clock.hear({ ...reply, serverMs: Date.parse(view.serverTime) });
    guard.look(view, own()?.receipt ?? null);
    await rankEntry();
    if (isServerNeeded()) await lookUp();
    noteGrowth();
    onChange();
    return lookAfterMs(view, place(), nowMs());
  });

  /** A list that the line has left behind is told no more, and with it its key. */
  const isLeftBehind = (list: number) => view !== null && list < (view.lists[0]?.list ?? 0);

  /** The rank, once the entry's list has its key: computed here, where the browser can. */
  async function rankEntry(): Promise<void> {
    const present = own();
    const key = present && present.rank === null ? listOf(present.receipt.list)?.key : null;
    if (!present || !key || !canHash()) return;
    const rank = await rankBy(key, present.receipt);
    if (own()?.receipt.leaf === present.receipt.leaf) entry = { ...own()!, rank };
  }

  function isServerNeeded(): boolean {
    const present = own();
    if (!view || !present) return false;
    const { list } = present.receipt;
    if (present.rank === null) return isLeftBehind(list) || (!canHash() && !!listOf(list)?.key);
    if (present.standing?.turn && present.standing.state !== "lapsed")
      return performance.now() - asked.atMs > TURN_LOOK_MS;
    return isWorthAsking(view, present) && asked.steps !== view.steps;
  }

  async function lookUp(): Promise<void> {
    const asker = follower;
    const steps = view?.steps ?? -1;
    const reply = await lineApi.entry(saleId);
    if (asker !== follower || join.state().kind !== "no") return;
    if (reply.kind === "refused" && reply.problem.kind === "unauthenticated") return onSignedOut();
    if (reply.kind !== "ok") return;
    asked = { steps, atMs: performance.now() };
    const last = reply.value.entries.at(-1);
    if (!last) return forgetEntry();
    const { receipt, ticket, state, turn, isUndone } = last;
    const known = own()?.receipt.leaf === receipt.leaf ? own()!.rank : null;
    const counted = canHash() && !isLeftBehind(receipt.list) ? null : last.rank;
    entry = { receipt, ticket, rank: known ?? counted, standing: { state, turn, isUndone } };
    store.saveEntry({ receipt, ticket });
    await rankEntry();
  }

  function forgetEntry(): void {
    if (buyerId) store.forgetEntry(buyerId);
    entry = null;
  }

  function noteGrowth(): void {
    const now = place();
    const wait = now.kind === "waiting" ? now.wait : null;
    if (before && wait && hasGrown(before, wait))
      grown = { why: wait.why, untilMs: performance.now() + GROWN_STANDS_MS };
    before = wait;
  }

  function follow(next: BuyerId | null): void {
    if (next === buyerId) return;
    buyerId = next;
    follower += 1;
    join.drop();
    asked = { steps: -1, atMs: 0 };
    const kept = next && store.entryOf(next);
    entry = kept ? { ...kept, rank: null, standing: null } : next && "unknown";
    // Other devices of the buyer may have joined, or left.
    if (next) void lookUpOnce(follower);
  }

  async function lookUpOnce(asker: number): Promise<void> {
    const isOpen = () => asker === follower && asked.atMs === 0 && join.state().kind === "no";
    for (let tries = 1; isOpen(); tries++) {
      await lookUp();
      onChange();
      if (isOpen()) await new Promise((resolve) => setTimeout(resolve, backoffMs(tries)));
    }
  }

  function takeAnswer(answer: JoinAnswer | ProblemKind): void {
    if (typeof answer === "object") {
      entry = { ...answer, rank: null, standing: null };
      store.saveEntry(answer);
    }
    if (answer === "unauthenticated") onSignedOut();
    // Once it is no longer joining.
    queueMicrotask(poll.askNow);
  }

  /** A try that was not answered clearly may have joined all the same: it is looked up before anything is said. */
  function cancelJoin(): void {
    join.cancel();
    if (join.state().kind !== "no") return;
    entry ??= "unknown";
    asked = { steps: -1, atMs: 0 };
    onChange();
    void lookUpOnce(follower);
  }

  async function leave(): Promise<void> {
    const asker = follower;
    const reply = await lineApi.leave(saleId);
    if (asker !== follower) return;
    // Whoever is in no line any more has left it, on whatever device.
    hasLeaveFailed = reply.kind === "no_answer" || (reply.kind === "refused" && !isMissing(reply));
    if (reply.kind === "refused" && reply.problem.kind === "unauthenticated") return onSignedOut();
    const left = own();
    // A list that has closed keeps the entry, withdrawn. Servers go by a copy of the log that is a second old: they may not know yet.
    if (!hasLeaveFailed && left && left.receipt.list !== view?.openList)
      entry = { ...left, standing: { state: "withdrawn", turn: null, isUndone: false } };
    else if (!hasLeaveFailed) {
      forgetEntry();
      await lookUp();
    }
    onChange();
  }

  return {
    view: () => view,
    place,
    entry: own,
    alarms: guard.alarms,
    isLeafSeen: () => guard.isLeafSeen(own()?.receipt ?? null),
    grownWhy: () => (grown && grown.untilMs > performance.now() ? grown.why : null),
    follow,
    join: join.start,
    joinWithoutCheck: join.withoutCheck,
    cancelJoin,
    leave: () => void leave(),
    hasLeaveFailed: () => hasLeaveFailed,
    askNow: poll.askNow,
  };
}
