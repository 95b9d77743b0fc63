import { createHash } from "node:crypto";
import { wrongUrl } from "../webhooks/endpoint-url.ts";

/** The push services of the browsers that people have: Chrome and Edge on Android, Firefox, Safari, Edge on Windows. */
const KNOWN = [
  "fcm.googleapis.com",
  "*.push.services.mozilla.com",
  "*.push.apple.com",
  "*.notify.windows.com",
] as const;

export type PushServices = readonly string[];

/** @param text hosts, or `*.` and what they end on, separated by commas; empty: those that are known. */
export function parsePushServices(text: string): PushServices {
  const named = text
    .split(",")
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== "");
  return named.length > 0 ? named : KNOWN;
}

const fits = (host: string, pattern: string): boolean =>
  pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) : host === pattern;

/**
 * What is wrong with the address at which a browser says that it is reached; null: nothing. It comes from whoever is signed in, and we
 * are to call it: so it must belong to a service that is known, and not even then lead inside.
 *
 * @param isLocalStage a stand-in on this machine is allowed.
 */
export function wrongEndpoint(
  endpoint: string,
  services: PushServices,
  isLocalStage: boolean,
): string | null {
  const wrong = wrongUrl(endpoint, isLocalStage);
  if (wrong !== null) return wrong;
  const { hostname, port } = new URL(endpoint);
  const isKnown = services.some((pattern) => fits(hostname, pattern));
  // What is known is known at its own port.
  if (!isKnown || (port !== "" && !isLocalStage)) return "must be at a push service that is known here";
  return null;
}

/** What a browser is known by: nobody guesses it who has not seen its address. */
export const pushIdOf = (endpoint: string): string =>
  createHash("sha256").update(endpoint).digest("base64url").slice(0, PUSH_ID_LENGTH);
const PUSH_ID_LENGTH = 32;
