import type { CallOutcome } from "../webhooks/call-endpoint.http.ts";

/**
 * What a push service's answer means. `taken`: it will bring it. `gone`: there is no such browser any more. `later`: it surely has not
 * taken it, and may, after so long. `unclear`: it may have. `never`: this message it will not take.
 */
export type Judged =
  | { readonly kind: "taken" | "gone" | "unclear" | "never" }
  | { readonly kind: "later"; readonly waitMs: number };

const FIRST_WAIT_MS = 5_000;
const WAIT_GROWS_BY = 3;
/** SQS holds a message back no longer. */
export const LONGEST_WAIT_MS = 900_000;

/** How long to wait after so many tries: 5 s, 15 s, 45 s … a quarter of an hour. */
export const waitAfter = (tries: number): number =>
  Math.min(FIRST_WAIT_MS * WAIT_GROWS_BY ** tries, LONGEST_WAIT_MS);

/** @param tries how often it was tried before. */
export function judge({ status, error, retryAfterMs }: CallOutcome, tries: number): Judged {
  const later = {
    kind: "later",
    waitMs: Math.min(retryAfterMs ?? waitAfter(tries), LONGEST_WAIT_MS),
  } as const;
  if (status === null) {
    // A name that stands for an address inside, or for none: it will not be called.
    if (error === "forbidden_address") return { kind: "never" };
    return error === "too_slow" || error === "connection_broke" ? { kind: "unclear" } : later;
  }
  if (status >= 200 && status < 300) return { kind: "taken" };
  if (status === 404 || status === 410) return { kind: "gone" };
  return status === 429 || status >= 500 ? later : { kind: "never" };
}
