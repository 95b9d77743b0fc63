import { createHmac, type KeyObject } from "node:crypto";
import type { Challenge, SolvedChallenge } from "../contract/challenge.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { KEY_PREFIX } from "./cost.ts";

const LIFE_SECONDS = 10 * 60;

/** Whom a challenge is for. */
export type For = { readonly saleId: SaleId; readonly buyerId: BuyerId };

/** What signs challenges, made of the key that signs sessions: of no use for anything else. */
const secretOf = (key: KeyObject) => createHmac("sha256", key).update("challenge of a join").digest("hex");

/** The library, loaded with the first challenge. */
async function loadAltcha() {
  const [{ createChallenge, verifySolution }, { deriveKey }] = await Promise.all([
    import("altcha-lib"),
    import("altcha-lib/algorithms/pbkdf2"),
  ]);
  return { createChallenge, verifySolution, deriveKey };
}

/** A puzzle for one buyer and sale. Nothing of it is kept: it is signed. */
export async function makeChallenge(
  key: KeyObject,
  who: For,
  cost: number,
  nowMs: number,
): Promise<Challenge> {
  const { createChallenge, deriveKey } = await loadAltcha();
  const made = await createChallenge({
    algorithm: "PBKDF2/SHA-256",
    cost,
    keyPrefix: KEY_PREFIX,
    deriveKey,
    expiresAt: Math.floor(nowMs / 1000) + LIFE_SECONDS,
    data: { saleId: who.saleId, buyerId: who.buyerId },
    hmacSignatureSecret: secretOf(key),
  });
  return made as Challenge;
}

export type Checked = "right" | "expired" | "of_another" | "forged" | "unsolved";

/**
 * Whether a challenge of ours, for this buyer and sale, was solved. The library takes a solution as often as it comes: whoever
 * calls this marks it spent.
 */
export async function checkChallenge(
  key: KeyObject,
  who: For,
  { challenge, solution }: SolvedChallenge,
  nowMs: number,
): Promise<Checked> {
  const { expiresAt, data } = challenge.parameters;
  if (expiresAt * 1000 <= nowMs) return "expired";
  if (data.saleId !== who.saleId || data.buyerId !== who.buyerId) return "of_another";
  const { verifySolution, deriveKey } = await loadAltcha();
  const hmacSignatureSecret = secretOf(key);
  const result = await verifySolution({ challenge, solution, deriveKey, hmacSignatureSecret });
  if (result.verified) return "right";
  if (result.expired) return "expired";
  return result.invalidSignature ? "forged" : "unsolved";
}
