import { createHmac } from "node:crypto";
import { neighbourhoodOf, sourceOf } from "./network.ts";
import type { SignInDependencies } from "./sign-in.ts";

const WINDOW_SECONDS = 10 * 60;

/**
 * Most requests for a code in ten minutes, each of which brings MOST_GUESSES guesses. Every part of a mailbox's has room of
 * its own, so that nobody can fill another's: see docs/decisions/0018-codes-and-mailboxes.md, also for what they add up to.
 */
const MOST = {
  /** Of one neighbourhood at one mailbox; an answered one does not count. */
  neighbourhood: 10,
  /** At one mailbox, of all neighbourhoods from which nobody asked for it in the last day. */
  new: 100,
  /** At one mailbox, of all that did, and never signed in. */
  met: 50,
  /** Mails that one source had sent, to whomever, and nobody answered yet. */
  unanswered: 500,
} as const;

export type Admission =
  | { readonly kind: "rate_limited"; readonly retryAfterMs: number }
  | {
      readonly kind: "admitted";
      readonly neighbourhood: string;
      readonly counted: readonly string[];
      /** Counts a mail against the source; answers the count's key, or none. Null: that is one too many. */
      readonly countMail: () => Promise<string | null>;
    };

export const rateLimited = (nowMs: number) => ({
  kind: "rate_limited" as const,
  retryAfterMs: WINDOW_SECONDS * 1000 - (nowMs % (WINDOW_SECONDS * 1000)),
});

/** Mailbox and neighbourhood as one, under the key: who reads the table learns neither. */
export const pairOf = ({ key }: Pick<SignInDependencies, "key">, email: string, neighbourhood: string) =>
  createHmac("sha256", key).update(`standing:${email}:${neighbourhood}`).digest("base64url");

/**
 * Whether a request for a code is let through. Where the owner of the mailbox signed in before only the neighbourhood's own
 * limit holds, so no stranger elsewhere slows them.
 */
export async function admit(
  deps: SignInDependencies,
  request: { readonly email: string; readonly source: string },
  nowMs: number,
): Promise<Admission> {
  const { email } = request;
  const { store, standings } = deps;
  const neighbourhood = neighbourhoodOf(request.source);
  if (!deps.limitsSources) return { kind: "admitted", neighbourhood, counted: [], countMail: async () => "" };

  const pair = pairOf(deps, email, neighbourhood);
  const [standing, asked] = await Promise.all([
    standings.get(pair, nowMs),
    store.count(`asked#${email}#${neighbourhood}`, WINDOW_SECONDS, nowMs),
  ]);
  if (asked.count > MOST.neighbourhood) return rateLimited(nowMs);
  if (standing !== "known") {
    const { count } = await store.count(`${standing}#${email}`, WINDOW_SECONDS, nowMs);
    deps.measure("CodesPerMailbox", count);
    if (count > MOST[standing]) return rateLimited(nowMs);
    if (standing === "new") await standings.put(pair, "met", nowMs);
  }

  async function countMail(): Promise<string | null> {
    if (standing === "known") return "";
    const what = `unanswered#${sourceOf(request.source)}`;
    const { count, key } = await store.count(what, WINDOW_SECONDS, nowMs);
    return count > MOST.unanswered ? null : key;
  }
  return { kind: "admitted", neighbourhood, counted: [asked.key], countMail };
}
