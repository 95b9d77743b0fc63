import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { CrowdAnswer } from "../contract/rehearsal.ts";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { asksAgain, type CrowdPlan, readTold, type Told } from "./crowd.ts";

export type Person = { readonly buyerId: BuyerId; readonly token: string };
/** One who buys now. `index`: which of the crowd it is. */
export type Comer = { readonly person: Person; readonly index: number; readonly ticket?: string };

export type Crowd = {
  readonly siteUrl: string;
  readonly saleId: SaleId;
  readonly plan: CrowdPlan;
  /** As they come: whoever stands in line comes when it is their turn. */
  readonly comers: Iterable<Comer> | AsyncIterable<Comer>;
  /** Called once, when the plan says so; nobody waits for it but the end. */
  readonly breakIt: () => Promise<void>;
  /** Whoever has no final answer by then gives up. */
  readonly limitMs: number;
};

/** As many as one function's connections carry without becoming the bottleneck. */
const AT_ONCE = 32;
const TIME_LIMIT_MS = 15_000;
const MOST_WAIT_MS = 5_000;
/** Where nobody gets any answer for so long there is no site any more. */
const SILENCE_MS = 20_000;

/**
 * Buys as the sale's page would: all at once, one key for each person, and again under that key until the answer is final.
 * @returns what each was told at last.
 */
export async function sendCrowd(crowd: Crowd): Promise<CrowdAnswer[]> {
  const { plan } = crowd;
  const endsAtMs = performance.now() + crowd.limitMs;
  const answers: CrowdAnswer[] = [];
  let answered = 0;
  let heardAtMs = performance.now();
  let broken: Promise<void> | undefined;

  /** Before the first attempt of a person is answered for good, the fault may have to come. */
  function count(): void {
    answered++;
    if (plan.breaksAfter !== null && answered >= plan.breaksAfter) broken ??= crowd.breakIt();
  }

  async function buy({ person, index, ticket }: Comer): Promise<void> {
    const key = randomUUID();
    let told: Told = { kind: "no_answer", orderId: null };
    for (let attempt = 0; ; attempt++) {
      const copies = Array.from({ length: plan.copies }, () => sendOnce(crowd, person.token, key, ticket));
      const replies = await Promise.all(copies);
      if (attempt === 0) count();
      const last = replies.find((reply) => !asksAgain(reply.told.kind)) ?? replies[0];
      if (last && !plan.isLost(index, attempt)) told = last.told;
      if (told.kind !== "no_answer") heardAtMs = performance.now();
      else if (performance.now() - heardAtMs > SILENCE_MS) break;
      const waitMs = Math.min(last?.retryAfterMs ?? 1_000, MOST_WAIT_MS);
      if (!asksAgain(told.kind) || performance.now() + waitMs > endsAtMs) break;
      await sleep(waitMs);
    }
    answers.push({ buyerId: person.buyerId, kind: told.kind, orderId: told.orderId as OrderId | null });
  }

  const coming = comingOf(crowd.comers);
  const work = async () => {
    for (;;) {
      const { value, done } = await coming.next();
      if (done === true) return;
      // Before the first turn nobody asks, and nothing is heard.
      if (value.ticket !== undefined) heardAtMs = performance.now();
      await buy(value);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await broken;
  return answers;
}

async function* comingOf(comers: Crowd["comers"]): AsyncGenerator<Comer, void> {
  yield* comers;
}

async function sendOnce({ siteUrl, saleId }: Crowd, token: string, key: string, ticket?: string) {
  try {
    const response = await fetch(`${siteUrl}/api/sale/purchase`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${token}`,
        "idempotency-key": key,
      },
      body: JSON.stringify({ saleId, ticket }),
      signal: AbortSignal.timeout(TIME_LIMIT_MS),
    });
    const retryAfterMs = Number(response.headers.get("retry-after") ?? 1) * 1_000;
    return { told: readTold(response.status, await response.json()), retryAfterMs };
  } catch {
    // Nobody knows what became of it; the same key finds out.
    return { told: { kind: "no_answer", orderId: null } satisfies Told, retryAfterMs: 1_000 };
  }
}
