import type { Challenge, SolvedChallenge } from "../api/contract.ts";

/** A join is tried with this many challenges; then the slower lane is offered. */
const CHALLENGES = 2;

/** Why the slower lane is offered: this browser cannot do the check, or the check did not succeed. */
export type NoCheck = "unable" | "failed";

/** Where a join stands, from the click to the answer. */
export type Joining =
  | { readonly kind: "no" }
  /** A challenge is asked for; `challenges` counts them, this one included. */
  | { readonly kind: "asking"; readonly quantity: number; readonly challenges: number }
  | {
      readonly kind: "solving";
      readonly quantity: number;
      readonly challenges: number;
      readonly challenge: Challenge;
      readonly triesOnAverage: number;
      readonly tries: number;
    }
  | { readonly kind: "offered"; readonly quantity: number; readonly why: NoCheck }
  /** `solved` null: into the slower lane. `isAgain`: a try was not answered clearly. */
  | {
      readonly kind: "sending";
      readonly quantity: number;
      readonly challenges: number;
      readonly solved: SolvedChallenge | null;
      readonly isAgain: boolean;
    };

export type JoinEvent =
  | { readonly kind: "wanted"; readonly quantity: number; readonly canCheck: boolean }
  | { readonly kind: "challenged"; readonly challenge: Challenge; readonly triesOnAverage: number }
  | { readonly kind: "tried"; readonly tries: number }
  | { readonly kind: "solved"; readonly solution: SolvedChallenge["solution"] }
  /** No challenge came, the worker broke, or it found nothing in its time. */
  | { readonly kind: "failed" }
  | { readonly kind: "without_check" }
  | { readonly kind: "unclear" }
  /** The server took the challenge for wrong, expired or spent. */
  | { readonly kind: "wrong_solution" }
  | { readonly kind: "answered" }
  | { readonly kind: "cancelled" }
  /** Somebody else is signed in now, or nobody. */
  | { readonly kind: "dropped" };

export const notJoining: Joining = { kind: "no" };

const ask = (quantity: number, challenges: number): Joining => ({ kind: "asking", quantity, challenges });
const offer = (quantity: number, why: NoCheck): Joining => ({ kind: "offered", quantity, why });

/** What follows from an event. One that does not fit, since it came late, changes nothing: the same object comes back. */
export function afterJoinEvent(joining: Joining, event: JoinEvent): Joining {
  if (event.kind === "dropped") return joining.kind === "no" ? joining : notJoining;
  switch (joining.kind) {
    case "no":
      if (event.kind !== "wanted") return joining;
      return event.canCheck ? ask(event.quantity, 1) : offer(event.quantity, "unable");
    case "asking":
      if (event.kind !== "challenged") return afterWaiting(joining, event);
      return {
        ...joining,
        kind: "solving",
        challenge: event.challenge,
        triesOnAverage: event.triesOnAverage,
        tries: 0,
      };
    case "solving":
      return afterSolving(joining, event);
    case "offered":
      return afterWaiting(joining, event);
    case "sending":
      return afterSending(joining, event);
    default:
      return joining satisfies never;
  }
}

/** Before anything was sent: the shopper may take it back, or go without the check. */
function afterWaiting(joining: Exclude<Joining, { kind: "no" | "sending" }>, event: JoinEvent): Joining {
  const { quantity } = joining;
  switch (event.kind) {
    case "cancelled":
    case "answered":
      return notJoining;
    case "without_check":
      return { kind: "sending", quantity, challenges: CHALLENGES, solved: null, isAgain: false };
    case "failed":
      return joining.kind === "offered" ? joining : offer(quantity, "failed");
    default:
      return joining;
  }
}

function afterSolving(joining: Extract<Joining, { kind: "solving" }>, event: JoinEvent): Joining {
  const { quantity, challenges, challenge } = joining;
  if (event.kind === "tried") return { ...joining, tries: event.tries };
  if (event.kind !== "solved") return afterWaiting(joining, event);
  const solved = { challenge, solution: event.solution };
  return { kind: "sending", quantity, challenges, solved, isAgain: false };
}

function afterSending(joining: Extract<Joining, { kind: "sending" }>, event: JoinEvent): Joining {
  const { quantity, challenges } = joining;
  switch (event.kind) {
    case "answered":
      return notJoining;
    case "unclear":
      return joining.isAgain ? joining : { ...joining, isAgain: true };
    case "wrong_solution":
      return challenges < CHALLENGES ? ask(quantity, challenges + 1) : offer(quantity, "failed");
    default:
      return joining;
  }
}

/**
 * How likely it was that a check of so many tries would be done by now, between 0 and 1. Each try is as likely to fit as any
 * other, so nobody knows how many there will be; this only rises, and never claims to be done.
 */
export const progressOf = (tries: number, triesOnAverage: number): number =>
  1 - (1 - 1 / Math.max(2, triesOnAverage)) ** tries;
