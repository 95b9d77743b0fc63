import { isToBePaid, isUnderWay, type OrderView, type PurchaseAnswer, unitsOf } from "../api/contract.ts";
import type { Effect, PurchaseEvent, Step } from "./purchase-event.ts";
import { decideRefusal, waitAfterSilence } from "./purchase-retry.ts";
import type { Intent, PurchaseState } from "./purchase-state.ts";

const FIRST_LOOK_MS = 400;
const LONGEST_LOOK_MS = 5_000;

const stay = (state: PurchaseState): Step => ({ state, effects: [] });

/** Pure: no clock, no storage, no network. What must happen is said in the effects, in the order it must happen. */
export function reduce(state: PurchaseState, event: PurchaseEvent): Step {
  switch (event.kind) {
    case "bought":
      return state.kind === "idle" || state.kind === "settled"
        ? send(event.intent, 1, null, [{ kind: "save_intent", intent: event.intent }])
        : stay(state);
    case "resumed":
      return resume(event.intent);
    case "answered":
      return state.kind === "submitting" ? answered(state.intent, event.answer) : stay(state);
    case "refused":
      return state.kind === "submitting" ? decideRefusal(state, event) : stay(state);
    case "unanswered":
      return state.kind === "submitting" ? waitAfterSilence(state, event) : stay(state);
    case "wait_over":
      return state.kind === "waiting" ? send(state.intent, state.attempt + 1, state.why) : stay(state);
    case "came_online":
      return cameOnline(state);
    case "order_seen":
      return state.kind === "following" ? see(event.order, state.intent, state.looks + 1) : stay(state);
    case "order_unseen":
      return unseen(state, event.isSignedOut);
    case "orders_found":
      return found(state, event.orders);
    case "stopped":
      return stopped(state);
    case "mirrored":
      return stay(event.state);
    default:
      return event satisfies never;
  }
}

function send(
  intent: Intent,
  attempt: number,
  why: Extract<PurchaseState, { kind: "submitting" }>["why"],
  before: readonly Effect[] = [],
): Step {
  return {
    state: { kind: "submitting", intent, attempt, why },
    effects: [...before, { kind: "send", intent }],
  };
}

/** The page that sent it is gone, and with it the answer: not known until asked again. */
function resume(intent: Intent): Step {
  if (intent.accepted) return follow(intent.accepted, intent, 0);
  const doubtful: Intent = { ...intent, isDoubtful: true };
  return send(doubtful, 1, "checking", [{ kind: "save_intent", intent: doubtful }]);
}

function answered(intent: Intent, { outcome, ...order }: PurchaseAnswer): Step {
  // The records may have decided otherwise since the gate counted it.
  if (outcome === "already_bought" && order.unitsLeft > 0 && order.state !== "held")
    return {
      state: { kind: "settled", outcome, order, unitsHeld: null },
      effects: [{ kind: "clear_intent" }, { kind: "find_orders" }],
    };
  const accepted: Intent = { ...intent, accepted: order };
  const step = see(order, accepted, 0);
  return step.state.kind === "following"
    ? { ...step, effects: [{ kind: "save_intent", intent: accepted }, ...step.effects] }
    : step;
}

function follow(order: OrderView, intent: Intent | null, looks: number): Step {
  const afterMs = Math.min(FIRST_LOOK_MS * 1.5 ** looks, LONGEST_LOOK_MS);
  return {
    state: { kind: "following", order, intent, looks },
    effects: [{ kind: "look_at_order", orderId: order.orderId, afterMs }],
  };
}

type Followed = "accepted" | "pending" | "held" | "authorised";

/** What will become something else, by itself or by the buyer's paying. */
const isFollowed = (state: OrderView["state"]): state is Followed =>
  isUnderWay({ state }) || isToBePaid({ state });

function see(order: OrderView, intent: Intent | null, looks: number, unitsHeld: number | null = null): Step {
  const { state } = order;
  if (isFollowed(state)) return follow(order, intent, looks);
  const count: readonly Effect[] = unitsHeld === null ? [{ kind: "find_orders" }] : [];
  return {
    state: { kind: "settled", outcome: state, order, unitsHeld },
    effects: [{ kind: "clear_intent" }, { kind: "refresh_sale" }, ...count],
  };
}

/** A look that failed says nothing about the order: what was known of it stands. */
function unseen(state: PurchaseState, isSignedOut: boolean): Step {
  if (state.kind !== "following") return stay(state);
  return isSignedOut ? stay({ kind: "signing_in" }) : follow(state.order, state.intent, state.looks + 1);
}

function cameOnline(state: PurchaseState): Step {
  const isWorthAsking = state.kind === "waiting" && (state.why === "offline" || state.why === "checking");
  return isWorthAsking ? send(state.intent, state.attempt + 1, "checking") : stay(state);
}

/** The order that is shown first of several. What ended unpaid is no news: the sale says more. */
const wantedStates = [
  "held",
  "authorised",
  "accepted",
  "pending",
  "confirmed",
  "failed",
  "rejected",
  "returned",
  "refunded",
] as const;

/** Orders of an earlier visit, of another device, or of an attempt whose answer was lost; else only how many units. */
function found(state: PurchaseState, orders: readonly OrderView[]): Step {
  const unitsHeld = unitsOf(orders);
  const isNews = state.kind === "settled" && state.outcome === "refused" && unitsHeld > state.unitsBefore;
  if (state.kind !== "idle" && !isNews)
    return stay(state.kind === "settled" && state.unitsHeld === null ? { ...state, unitsHeld } : state);
  const order = wantedStates
    .map((wantedState) => orders.findLast((candidate) => candidate.state === wantedState))
    .find((candidate) => candidate !== undefined);
  return order ? see(order, null, 0, unitsHeld) : stay(state);
}

/** Only while it is certain that nothing was taken: every attempt so far was clearly turned away. */
function stopped(state: PurchaseState): Step {
  return state.kind === "waiting" && !state.intent.isDoubtful
    ? { state: { kind: "idle" }, effects: [{ kind: "clear_intent" }] }
    : stay(state);
}
