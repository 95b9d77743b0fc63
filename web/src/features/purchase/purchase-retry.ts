import type { PurchaseEvent, Step } from "./purchase-event.ts";
import type { Intent, PurchaseState, WaitReason } from "./purchase-state.ts";

type Submitting = Extract<PurchaseState, { kind: "submitting" }>;
type Refused = Extract<PurchaseEvent, { kind: "refused" }>;
type Unanswered = Extract<PurchaseEvent, { kind: "unanswered" }>;

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 10_000;
const SPREAD = 0.25;

/** What a refusal means for the intent: its end, a wait, a doubt, or a new session first. */
export function decideRefusal(state: Submitting, { problem, serverMs, random }: Refused): Step {
  const after = (why: WaitReason, isDoubtful: boolean) =>
    wait(state, why, isDoubtful, waitMs(state.attempt, random, problem.retryAfterSeconds));
  switch (problem.kind) {
    case "unauthenticated":
      return { state: { kind: "signing_in" }, effects: [] };
    case "rate_limited":
      return after("rate_limited", state.intent.isDoubtful);
    case "paused":
      return after("paused", state.intent.isDoubtful);
    case "lost":
    case "recovering":
    case "outcome_unknown":
    case "join_unknown":
    case "unavailable":
    case "internal":
      return after("checking", true);
    case "sold_out":
    case "ended":
    case "not_open":
    case "not_eligible":
    case "not_your_turn":
    case "line_closed":
    case "not_found":
    case "forbidden":
    case "key_reused":
    case "invalid_request":
    case "method_not_allowed":
    case "payment_overdue":
    case "too_many_payments":
    case "no_withdrawal":
    case "conflict":
    case "body_too_large":
    case "unsupported_media_type":
      return {
        state: {
          kind: "settled",
          outcome: "refused",
          refusal: problem.kind === "sold_out" && (problem.available ?? 0) > 0 ? "too_few" : problem.kind,
          atServerMs: serverMs,
          unitsBefore: state.intent.unitsBefore ?? 0,
          unitsHeld: null,
        },
        effects: [
          { kind: "clear_intent" },
          { kind: "refresh_sale" },
          ...lookIfUnsure(state.intent, problem.kind),
        ],
      };
    default:
      return problem.kind satisfies never;
  }
}

/**
 * An earlier attempt of a doubtful intent may have bought after all, and a reused key has an order behind it; who has units
 * already is told so beside the refusal.
 */
function lookIfUnsure(intent: Intent, kind: Refused["problem"]["kind"]): readonly { kind: "find_orders" }[] {
  const isUnsure = intent.isDoubtful || kind === "key_reused" || (intent.unitsBefore ?? 0) > 0;
  return isUnsure ? [{ kind: "find_orders" }] : [];
}

export function waitAfterSilence(state: Submitting, { isOnline, random }: Unanswered): Step {
  return wait(state, isOnline ? "checking" : "offline", true, waitMs(state.attempt, random));
}

function wait(state: Submitting, why: WaitReason, isDoubtful: boolean, waitForMs: number): Step {
  const intent: Intent = { ...state.intent, isDoubtful };
  return {
    state: { kind: "waiting", intent, attempt: state.attempt, why, waitMs: waitForMs },
    effects: [
      { kind: "save_intent", intent },
      { kind: "wait", waitMs: waitForMs },
    ],
  };
}

/** Never sooner than the server asked; without its word, doubling from one second. */
function waitMs(attempt: number, random: number, retryAfterSeconds?: number): number {
  const asked =
    retryAfterSeconds === undefined
      ? Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS)
      : retryAfterSeconds * 1000;
  return Math.round(asked * (1 + SPREAD * random));
}
