import type { GuestReason } from "../../core/contract/guests.ts";
import type { Problem } from "../../core/contract/problem.ts";
import { type ProblemKind, problems, problemType } from "../../core/contract/problem-kinds.ts";
import type { WaitEstimate } from "../../core/line/estimate.ts";
import type { NotYourTurn } from "../../core/line/turns.ts";
import type { PurchaseOutcome } from "../../core/purchase/purchase-outcome.ts";
import type { PlainWords } from "../../web/texts/plain.ts";
import { beginningOf } from "./problem-text.ts";

/** What a handler answers, before it becomes API Gateway's form. */
export type Answer = {
  readonly status: number;
  /** Sent as JSON; text and bytes are sent as they are, under the content-type among the headers. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  /** Set on a refusal; the endpoint adds the request id to its body. */
  readonly problem?: Problem;
  /** The problem's text up to the request's id, of a refusal that a flood repeats; absent: it is made for this answer. */
  readonly beginning?: string;
};

/** Refusals of one kind that a page without script says in words of their own. */
export type Said = keyof PlainWords["plain"]["said"];
export type Refusal = Answer & { readonly problem: Problem; readonly said?: Said };

type Extras = Omit<Partial<Problem>, "type" | "kind" | "title" | "status">;

/** Refusals that say nothing but their kind, which a flood repeats. */
const kept = new Map<ProblemKind, Refusal>();

/** A refusal as problem+json; a wait is sent as the Retry-After header too. `said`: what a page says of it instead of its kind. */
export function refuse(kind: ProblemKind, extras?: Extras, said?: Said): Refusal {
  if (said) return { ...refusal(kind, extras ?? {}), said };
  if (extras) return refusal(kind, extras);
  const known = kept.get(kind);
  if (known) return known;
  const plain = refusal(kind, {});
  const refused = { ...plain, beginning: beginningOf(plain.problem) };
  kept.set(kind, refused);
  return refused;
}

function refusal(kind: ProblemKind, extras: Extras): Refusal {
  const { status, title } = problems[kind];
  const wait = extras.retryAfterSeconds;
  return {
    status,
    problem: { type: problemType(kind), kind, title, status, ...extras },
    ...(wait !== undefined && { headers: { "retry-after": String(wait) } }),
  };
}

export const refuseOverLimit = (purchaseLimit: number): Refusal =>
  refuse("invalid_request", {
    errors: [{ field: "quantity", message: `must be at most ${purchaseLimit} in this sale` }],
  });

export const refuseSale = (): Refusal =>
  refuse("not_found", { detail: "There is no such sale" }, "unknown_sale");

const PAUSED_RETRY_SECONDS = 5;
const CHECKING_RETRY_SECONDS = 2;
const UNKNOWN_RETRY_SECONDS = 1;
const seconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000));

/** A table to save as a file. */
export const csvFile = (
  name: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status: 200,
  body,
  headers: {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": `attachment; filename="${name}.csv"`,
    ...headers,
  },
});

/** For what is found by the hash of its content, in browsers and at the CDN alike. */
export const cachedForEver = { "cache-control": "public, max-age=31536000, immutable" } as const;

/**
 * For what everybody may see: the CDN asks once a second, however many look, and nobody waits for that; an answer is two
 * seconds old at most. While the API fails the CDN says so: an old answer would read as the truth.
 */
export const cachedASecond = {
  "cache-control": "public, max-age=1, stale-while-revalidate=1, stale-if-error=0",
} as const;

export const answerRateLimited = (retryAfterMs: number): Refusal =>
  refuse("rate_limited", { retryAfterSeconds: seconds(retryAfterMs) });

type Bought = Extract<PurchaseOutcome, { order: unknown }>;

/** The one place that says each outcome of a purchase in HTTP. */
export function answerPurchase(outcome: PurchaseOutcome): Answer {
  if (!("order" in outcome)) return answerRefusal(outcome);
  const { kind, order } = outcome;
  return {
    status: kind === "already_bought" ? 200 : 202,
    body: { outcome: kind, ...order },
    headers: { location: `/api/sale/order/${order.orderId}` },
  };
}

const iso = (ms: number) => new Date(ms).toISOString();

/** An estimate as it is told. */
export const shownEstimate = ({ ahead, fromMs, toMs, why }: WaitEstimate) => ({
  ahead,
  from: fromMs === null ? null : iso(fromMs),
  to: toMs === null ? null : iso(toMs),
  why,
});

const notOpenUntil = (startsAtMs: number) => {
  const { status, problem } = refusal("not_open", { startsAt: iso(startsAtMs) });
  return { startsAtMs, status, problem, beginning: beginningOf(problem) };
};
/** What was refused last before an opening: who comes too early comes with all others. */
let notOpen = notOpenUntil(0);

/** The time is told exactly, since it is what a caller waits by; the rest is the same until another opening is told. */
function refuseNotOpen({ startsAtMs, nowMs }: Extract<PurchaseOutcome, { kind: "not_open" }>): Refusal {
  if (notOpen.startsAtMs !== startsAtMs) notOpen = notOpenUntil(startsAtMs);
  const serverTime = iso(nowMs);
  return {
    status: notOpen.status,
    problem: { ...notOpen.problem, serverTime },
    beginning: `${notOpen.beginning},"serverTime":"${serverTime}"`,
  };
}

function refuseTurn({ reason, rank, estimate }: NotYourTurn): Refusal {
  return refuse("not_your_turn", {
    turn: {
      reason,
      ...(rank !== undefined && { rank }),
      ...(estimate && { estimate: shownEstimate(estimate) }),
    },
  });
}

function refuseSoldOut({ available, held }: Extract<PurchaseOutcome, { kind: "sold_out" }>): Refusal {
  if (available === 0 && held === 0) return refuse("sold_out");
  return refuse("sold_out", {
    ...(available > 0 && {
      available,
      detail: `Only ${available} units are left, fewer than you asked for`,
    }),
    ...(held > 0 && { held }),
  });
}
/** What somebody can do who was not let in as a guest. */
const guestAdvice = {
  no_invitation: "Ask for your invitation first, and send it along",
  wrong_invitation: "This invitation is of another sale or buyer: ask for your own",
  outdated: "The list has changed: ask for your invitation again, and send that one",
  not_listed: "Sign in with the address that was invited",
  no_code: "Send the code that you were given",
  wrong_code: "There is no such code in this sale: check how it is spelled",
  used: "It has been used by another buyer: sign in as then, or ask whoever invited you",
} as const satisfies Record<GuestReason, string>;

export const refuseGuest = (reason: GuestReason): Refusal =>
  refuse("not_eligible", { guest: { reason }, detail: guestAdvice[reason] });

/** The same for those that end without an order. */
export function answerRefusal(outcome: Exclude<PurchaseOutcome, Bought>): Refusal {
  switch (outcome.kind) {
    case "sold_out":
      return refuseSoldOut(outcome);
    case "not_open":
      return refuseNotOpen(outcome);
    case "not_eligible":
      return refuseGuest(outcome.reason);
    case "not_your_turn":
      return refuseTurn(outcome);
    case "over_turn":
      return refuse("invalid_request", {
        errors: [
          { field: "quantity", message: `must be at most ${outcome.unitsLeft} in what is left of this turn` },
        ],
      });
    case "over_limit":
      return refuseOverLimit(outcome.purchaseLimit);
    case "too_many_orders":
      return refuse(
        "conflict",
        { detail: `You have had ${outcome.orders} orders in this sale; it takes no more from you` },
        "no_more_orders",
      );
    case "rate_limited":
      return answerRateLimited(outcome.retryAfterMs);
    case "outcome_unknown":
      return refuse("outcome_unknown", {
        retryAfterSeconds: UNKNOWN_RETRY_SECONDS,
        ...(outcome.orderId && { orderId: outcome.orderId }),
      });
    case "paused":
      return refuse("paused", { retryAfterSeconds: PAUSED_RETRY_SECONDS });
    case "lost":
    case "recovering":
      return refuse(outcome.kind, { retryAfterSeconds: CHECKING_RETRY_SECONDS });
    case "unknown_sale":
      return refuseSale();
    case "ended":
    case "key_reused":
      return refuse(outcome.kind);
    default:
      return outcome satisfies never;
  }
}
