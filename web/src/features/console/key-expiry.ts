import type { ApiKey } from "../api/contract.ts";

/** So long before its end the console warns of a key. */
const WARN_BEFORE_EXPIRY_MS = 14 * 24 * 60 * 60 * 1000;

export type Expiry = "no_end" | "far" | "soon" | "over";
type Ending = Pick<ApiKey, "expiresAt">;

/** How near a key's end is. */
export function expiryOf({ expiresAt }: Ending, nowMs: number): Expiry {
  if (expiresAt === null) return "no_end";
  const leftMs = Date.parse(expiresAt) - nowMs;
  if (leftMs <= 0) return "over";
  return leftMs <= WARN_BEFORE_EXPIRY_MS ? "soon" : "far";
}

/** Keys that are good and end soon, the next one first. */
export const endingSoon = <Key extends Ending & Pick<ApiKey, "revokedAt">>(
  keys: readonly Key[],
  nowMs: number,
): Key[] =>
  keys
    .filter((key) => key.revokedAt === null && expiryOf(key, nowMs) === "soon")
    .toSorted((a, b) => Date.parse(a.expiresAt!) - Date.parse(b.expiresAt!));
