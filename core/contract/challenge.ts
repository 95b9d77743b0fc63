import * as v from "valibot";
import { buyerId, saleId } from "./ids.ts";

const hex = (bytes: number) =>
  v.pipe(
    v.string(),
    v.regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`), `must be ${bytes} bytes in hexadecimal`),
  );
const whole = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));

/**
 * A puzzle of ALTCHA's protocol, version 2: find a counter for which PBKDF2 of nonce and counter begins with the prefix. It is
 * signed and kept nowhere; it is good for one buyer, one sale, and until it expires.
 */
export const challenge = v.strictObject({
  parameters: v.strictObject({
    algorithm: v.literal("PBKDF2/SHA-256"),
    nonce: hex(16),
    salt: hex(16),
    /** Rounds of PBKDF2 for each counter that is tried. */
    cost: whole(1_000_000),
    keyLength: v.literal(32),
    keyPrefix: v.pipe(v.string(), v.regex(/^[0-9a-f]{1,8}$/)),
    /** Seconds since 1970. */
    expiresAt: whole(Number.MAX_SAFE_INTEGER),
    data: v.strictObject({ saleId, buyerId }),
  }),
  signature: hex(32),
});
export type Challenge = v.InferOutput<typeof challenge>;

/** A challenge with the counter that solves it, and the key that comes of it. */
export const solvedChallenge = v.strictObject({
  challenge,
  solution: v.strictObject({
    counter: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_294_967_295)),
    derivedKey: hex(32),
  }),
});
export type SolvedChallenge = v.InferOutput<typeof solvedChallenge>;

export const challengeAnswer = v.object({
  challenge,
  /** How many counters must be tried on average: a page shows its progress by it. */
  triesOnAverage: v.number(),
});
export type ChallengeAnswer = v.InferOutput<typeof challengeAnswer>;
