import * as v from "valibot";
import type { BeaconChain } from "./chain.ts";
import { isSignatureOf } from "./verify-signature.ts";

/** Whoever gives the rounds of quicknet over HTTP; all of them know the paths used here. https://docs.drand.love/developer/ */
export const publicRelays: readonly string[] = [
  "https://api.drand.sh",
  "https://drand.cloudflare.com",
  "https://api2.drand.sh",
  "https://api.drand.secureweb3.com:6875",
  "https://api3.drand.sh",
];

/** Of one relay; the next is asked then. */
const TIME_LIMIT_MS = 2_000;

const answerShape = v.object({ round: v.number(), signature: v.string() });

export type FetchedRound =
  | { readonly kind: "found"; readonly signature: string; readonly relay: string }
  /** No relay gave it: what each said. */
  | { readonly kind: "missing"; readonly refusals: readonly string[] };

/**
 * Asks one relay after another for a round, by its number, until one gives a signature that verifies. What a relay gives
 * is believed for no other reason, so that none of them need be trusted.
 */
export async function fetchRound(
  chain: BeaconChain,
  relays: readonly string[],
  round: number,
): Promise<FetchedRound> {
  const refusals: string[] = [];
  for (const relay of relays) {
    try {
      const signature = await askRelay(`${relay}/${chain.hash}/public/${round}`, round);
      if (await isSignatureOf(chain, round, signature)) return { kind: "found", signature, relay };
      refusals.push(`${relay}: its signature does not verify`);
    } catch (error) {
      refusals.push(`${relay}: ${reasonOf(error)}`);
    }
  }
  return { kind: "missing", refusals };
}

async function askRelay(url: string, round: number): Promise<string> {
  const response = await fetch(url, {
    headers: { accept: "application/json" },
    redirect: "error",
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`it answered ${response.status}`);
  }
  const answer = v.parse(answerShape, await response.json());
  if (answer.round !== round) throw new Error(`it gave round ${answer.round}`);
  return answer.signature;
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}
