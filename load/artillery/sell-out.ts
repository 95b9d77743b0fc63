import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { SaleId } from "../../core/ids.ts";
import { progress } from "../../local/start/progress.ts";
import type { LoadTarget } from "../target/target.ts";
import { isFinal } from "../verdict/client-answer.ts";
import { readAnswer } from "../verdict/read-answer.ts";
import { ask } from "./ask.ts";
import type { SaleAnswer } from "./run-artillery.ts";

const AT_ONCE = 16;
const MOST_TRIES = 60;

/** Sells all units of the one sale to as many shoppers; the answers belong to its log. */
export async function sellOut(
  target: LoadTarget,
  [saleId]: readonly SaleId[],
  units: number,
): Promise<readonly SaleAnswer[]> {
  if (!saleId) return [];
  const waiting = [...(await target.sessions(units))];
  const log: SaleAnswer[] = [];
  const work = async () => {
    for (let shopper = waiting.pop(); shopper; shopper = waiting.pop()) {
      const { buyerId, token } = shopper;
      const key = randomUUID();
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const sentAtMs = Date.now();
        const url = `${target.apiUrl()}/api/sale/purchase`;
        const answer = await ask("POST", url, { token, key, body: { saleId } }).catch(() => null);
        const line = readAnswer({ buyerId, key, quantity: 1, sentAtMs, answeredAtMs: Date.now() }, answer);
        log.push({ saleId, ...line });
        if (isFinal(line)) break;
        await sleep((answer?.retryAfterSeconds ?? 1) * 1000);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  progress("Sold out");
  return log;
}
