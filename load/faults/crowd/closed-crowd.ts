import { setTimeout as sleep } from "node:timers/promises";
import type { SaleId } from "../../../core/ids.ts";
import { HttpConnection } from "../../http-connection.ts";
import { localSession } from "../../local-session.ts";
import { type ClientAnswer, isFinal } from "../../verdict/client-answer.ts";
import { readAnswer } from "../../verdict/read-answer.ts";
import { type Attempt, purchaseAttempt } from "../../crowd/purchase-attempt.ts";
import { type PurchaseLimit, quantitiesOf } from "./shopping.ts";

export type CrowdOptions = {
  readonly apiUrl: string;
  readonly saleId: SaleId;
  readonly buyers: number;
  /** Of the sale: with 3, most buyers ask several times, for one to three units each. */
  readonly purchaseLimit: PurchaseLimit;
  /** Every so manieth buyer asks once with their first key, whatever the answer. 0: none. */
  readonly everyNeverRetries: number;
  /** Every so manieth buyer who was accepted asks again a little later, with the same key. 0: none. */
  readonly everyAsksAgain: number;
  /** Buyers come in waves of `waveBuyers`, this far apart. */
  readonly waveMs: number;
  readonly waveBuyers: number;
  /** Between the requests of one buyer: mostly the one before is answered by then, and under a fault it is not. */
  readonly betweenKeysMs: number;
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
  const { apiUrl, saleId, purchaseLimit, everyNeverRetries, everyAsksAgain, waveMs, waveBuyers } = options;
  const log: ClientAnswer[] = [];
  const silent = new Set<string>();
  const endsAtMs = performance.now() + options.limitMs;
  const buying: Promise<unknown>[] = [];
  let inFlight = 0;
  let accepted = 0;
  let unfinished = 0;

  async function ask(connection: HttpConnection, { buyer: { buyerId }, key, quantity, request }: Attempt) {
    const sentAtMs = nowMs();
    inFlight++;
    const answer = await connection.send(request).catch(() => null);
    inFlight--;
    const line = readAnswer({ buyerId, key, quantity, sentAtMs, answeredAtMs: nowMs() }, answer);
    log.push(line);
    if (line.kind === "accepted") accepted++;
    return { line, retryMs: (answer?.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS) * 1000 };
  }

  async function buy(attempt: Attempt, mayAskAgain: boolean): Promise<void> {
    const connection = new HttpConnection(apiUrl);
    let asksAgain = mayAskAgain && !silent.has(attempt.key);
    for (;;) {
      const { line, retryMs } = await ask(connection, attempt);
      if (line.kind === "accepted" && asksAgain) {
        asksAgain = false;
        await sleep(ASKS_AGAIN_AFTER_MS);
        continue;
      }
      if (silent.has(attempt.key) || isFinal(line) || performance.now() > endsAtMs) break;
      await sleep(retryMs);
    }
    connection.close();
  }

  async function shop(index: number): Promise<void> {
    const buyer = localSession();
    const attempts = quantitiesOf(index, purchaseLimit).map((quantity) =>
      purchaseAttempt(apiUrl, saleId, buyer, quantity),
    );
    if (isEvery(everyNeverRetries, index)) silent.add(attempts[0]!.key);
    await sleep(Math.floor(index / waveBuyers) * waveMs);
    await Promise.all(
      attempts.map(async (attempt, i) => {
        await sleep(i * options.betweenKeysMs);
        await buy(attempt, isEvery(everyAsksAgain, index));
      }),
    );
    unfinished--;
  }

  function come(buyers: number): void {
    unfinished += buyers;
    buying.push(...Array.from({ length: buyers }, (_, index) => shop(index)));
  }

  come(options.buyers);
  return {
    saleId,
    purchaseLimit,
    log: log as readonly ClientAnswer[],
    /** Keys with which is asked only once. */
    silent: silent as ReadonlySet<string>,
    /** More buyers, as many at once as the first ones were. */
    come,
    /** Until every buyer who has come knows where they stand. */
    done: async (): Promise<void> => void (await Promise.all(buying)),
    inFlight: () => inFlight,
    accepted: () => accepted,
    /** Waits until so many were accepted and so many requests are under way, or nobody is left to ask. */
    async until(acceptedRequests: number, requestsInFlight: number): Promise<void> {
      const isSo = () => unfinished === 0 || (accepted >= acceptedRequests && inFlight >= requestsInFlight);
      while (!isSo()) await sleep(LOOK_EVERY_MS);
    },
  };
}

const isEvery = (every: number, index: number) => every > 0 && index % every === 0;
const nowMs = () => performance.timeOrigin + performance.now();
