import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "../clock.ts";
import { type AwsCredentials, awsCredentials, awsRegion, invocationTrace } from "../config.ts";
import { errorOf, remedyOf } from "./aws-error.ts";
import { ATTEMPTS, REQUEST_LIMIT_MS } from "./limits.ts";
import { type Answered, createPost, type PostLimits } from "./post.http.ts";
import { createSigner } from "./sign.ts";

/** First waits of the SDK's standard mode; the wait itself is any part of it, so that a crowd does not come back together. */
const WAIT_MS = { wait: 100, wait_longer: 500 } as const;
/** AWS refuses a request whose date is further off than that. */
const SKEW_MS = 5 * 60_000;

export type Service = {
  /** Its name in a signature. */
  readonly name: string;
  /** Put before each action's name, with a dot. */
  readonly target: string;
  readonly endpoint: URL;
};

/** Where to call, and as whom. */
export type AwsAccess = { readonly region: string; readonly credentials: () => AwsCredentials };

/** What Lambda sets for a function. */
export const ownAccess = (): AwsAccess => ({ region: awsRegion(), credentials: awsCredentials });

export type Call = (action: string, input: unknown, limits?: Partial<PostLimits>) => Promise<unknown>;

/**
 * Calls one of AWS's services, leanly: the SDK's own layers take most of a call's processor time and of a cold start (see
 * docs/decisions/0030-a-lean-way-to-the-stores.md). Two attempts, each with its time limit.
 *
 * @throws AwsError as the service names it, Error named TimeoutError, or the socket's. Unless AWS refused the call, it may
 * have been carried out all the same.
 */
export function createCaller(
  { name, target, endpoint }: Service,
  { region, credentials }: AwsAccess,
): { readonly call: Call; readonly close: () => void } {
  const { host, post, close } = createPost(endpoint);
  const sign = createSigner(name, region, credentials);
  /** By how much AWS's clock is ahead, once it has said so. */
  let aheadMs = 0;

  async function attempt(action: string, body: string, limits: PostLimits): Promise<Answered> {
    const nowMs = systemClock.nowMs() + aheadMs;
    const headers = sign({ host, target: `${target}.${action}`, body }, nowMs);
    const trace = invocationTrace();
    // Not signed: whatever passes the request on may change it.
    if (trace !== undefined) headers["x-amzn-trace-id"] = trace;
    return post(headers, body, limits);
  }

  /** Whether AWS's answer says that our clock is wrong; then the next attempt goes by AWS's. */
  function setClock({ date }: Answered): boolean {
    const measuredMs = Date.parse(date ?? "") - systemClock.nowMs();
    const isOff = Math.abs(measuredMs - aheadMs) > SKEW_MS;
    if (isOff) aheadMs = measuredMs;
    return isOff;
  }

  async function call(action: string, input: unknown, limits: Partial<PostLimits> = {}): Promise<unknown> {
    const body = JSON.stringify(input);
    for (let attempts = 1; ; attempts++) {
      let answered: Answered | undefined;
      try {
        answered = await attempt(action, body, { limitMs: REQUEST_LIMIT_MS, ...limits });
        if (answered.status === 200) return JSON.parse(answered.text || "{}");
        throw errorOf(answered);
      } catch (error) {
        const remedy = remedyOf(error);
        if (attempts >= ATTEMPTS || remedy === "none") throw error;
        if (remedy !== "set_clock") await sleep(Math.random() * WAIT_MS[remedy]);
        else if (!answered || !setClock(answered)) throw error;
      }
    }
  }

  return { call, close };
}
