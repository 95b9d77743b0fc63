import { setTimeout as sleep } from "node:timers/promises";
import { type Call, callApi } from "./call-api.ts";

const ATTEMPTS = 10;
const RETRY_AFTER_MS = 1_000;

/** Calls a route as a page does: a 503 is not an answer, and is asked again with the same key. @throws as callApi else. */
export async function callUntilAnswered<Answer>(
  apiUrl: string,
  route: string,
  call: Call & { readonly idempotencyKey: string },
): Promise<Answer> {
  for (let attempt = 1; ; attempt++)
    try {
      return await callApi<Answer>(apiUrl, route, call);
    } catch (error) {
      if (attempt === ATTEMPTS || !(error as Error).message.includes("answered 503")) throw error;
      await sleep(RETRY_AFTER_MS);
    }
}
