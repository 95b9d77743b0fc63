import { setTimeout as sleep } from "node:timers/promises";
import type { BuyerId, SaleId } from "../../../core/ids.ts";
import { HttpConnection } from "../../http-connection.ts";
import { localSession } from "../../local-session.ts";
import { type ClientAnswer, isFinal } from "../../verdict/client-answer.ts";
import { readAnswer } from "../../verdict/read-answer.ts";
import { purchaseAttempt } from "../../crowd/purchase-attempt.ts";

export type CrowdOptions = {
  readonly apiUrl: string;
  readonly saleId: SaleId;
  readonly buyers: number;
  /** Every so manieth buyer asks once, whatever the answer. 0: none. */
  readonly everyNeverRetries: number;
  /** Every so manieth buyer who was accepted asks again a little later, with the same key. 0: none. */
  readonly everyAsksAgain: number;
  /** Buyers come in waves of `waveBuyers`, this far apart. */
  readonly waveMs: number;
  readonly waveBuyers: number;
  /** After this, whoever has no final answer gives up: the verdict counts them as unresolved. */
  readonly limitMs: number;
};

export type ClosedCrowd = ReturnType<typeof startClosedCrowd>;

const DEFAULT_RETRY_SECONDS = 1;
const LOOK_EVERY_MS = 5;
/** When the sale has sold out, and others are just told so. */
const ASKS_AGAIN_AFTER_MS = 2_000;

/** A closed set of buyers: most ask again with the same key until they know where they stand, some ask only once. */
export function startClosedCrowd(options: CrowdOptions) {
  const { apiUrl, saleId, buyers, everyNeverRetries, everyAsksAgain, waveMs, waveBuyers, limitMs } = options;
  const log: ClientAnswer[] = [];
  const silent = new Set<BuyerId>();
  const endsAtMs = performance.now() + limitMs;
  let inFlight = 0;
  let accepted = 0;
  let unfinished = buyers;

  async function buy(index: number): Promise<void> {
    const buyer = localSession();
    const { buyerId } = buyer;
    const isSilent = everyNeverRetries > 0 && index % everyNeverRetries === 0;
    if (isSilent) silent.add(buyerId);
    const { key, request } = purchaseAttempt(apiUrl, saleId, buyer);
    await sleep(Math.floor(index / waveBuyers) * waveMs);
    const connection = new HttpConnection(apiUrl);
    let asksAgain = everyAsksAgain > 0 && index % everyAsksAgain === 0;
    for (;;) {
      const sentAtMs = nowMs();
      inFlight++;
      const answer = await connection.send(request).catch(() => null);
      inFlight--;
      const line = readAnswer({ buyerId, key, quantity: 1, sentAtMs, answeredAtMs: nowMs() }, answer);
      log.push(line);
      if (line.kind === "accepted") {
        accepted++;
        if (asksAgain && !isSilent) {
          asksAgain = false;
          await sleep(ASKS_AGAIN_AFTER_MS);
          continue;
        }
      }
      if (isSilent || isFinal(line) || performance.now() > endsAtMs) break;
      await sleep((answer?.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS) * 1000);
    }
    connection.close();
    unfinished--;
  }

  const done = Promise.all(Array.from({ length: buyers }, (_, index) => buy(index))).then(() => undefined);
  return {
    saleId,
    log: log as readonly ClientAnswer[],
    /** Who asks only once. */
    silent: silent as ReadonlySet<BuyerId>,
    done,
    inFlight: () => inFlight,
    accepted: () => accepted,
    /** Waits until so many were accepted and so many requests are under way, or nobody is left to ask. */
    async until(acceptedBuyers: number, requestsInFlight: number): Promise<void> {
      const isSo = () => unfinished === 0 || (accepted >= acceptedBuyers && inFlight >= requestsInFlight);
      while (!isSo()) await sleep(LOOK_EVERY_MS);
    },
  };
}

const nowMs = () => performance.timeOrigin + performance.now();
