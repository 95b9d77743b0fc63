import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { issueSession, sessionSigner } from "../../core/identity/session.ts";
import { newBuyerId } from "../../core/ids.ts";

const LIFE_MS = 5 * 60 * 1000;
const config = loadConfig(["SESSION_SECRET"]);
const signer = sessionSigner(config.SESSION_SECRET, config.STAGE);

/**
 * Short sessions of an operator and of a shopper who exist for one smoke purchase. Whoever may invoke this function may
 * do what an operator may: IAM guards it, and no route leads here.
 */
export async function handler(): Promise<{ operator: string; shopper: string }> {
  const nowMs = systemClock.nowMs();
  const expiresAtMs = nowMs + LIFE_MS;
  return {
    operator: issueSession(signer, { buyerId: newBuyerId(nowMs), role: "operator", expiresAtMs }),
    shopper: issueSession(signer, { buyerId: newBuyerId(nowMs), role: "shopper", expiresAtMs }),
  };
}
