import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { CrowdAnswer } from "../contract/rehearsal.ts";
import type { BuyerId, OrderId, SaleId } from "../ids.ts";
import { asksAgain, type CrowdPlan, type HeardAnswer } from "./crowd.ts";
import { CROWD_PACE, createPacer, type Pace } from "./pace.ts";
import { sendPurchase } from "./send-purchase.http.ts";

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
  /** What somebody does about a unit that is held for them; whether they paid. `number`: of those with one, from 0. Absent: units are free. */
  readonly afterHold?: (person: Person, orderId: OrderId, number: number) => Promise<boolean>;
  /** Whoever has no final answer by then gives up. */
  readonly limitMs: number;
  /** Of the requests of all together; absent: as the firewall lets them through. */
  readonly pace?: Pace;
};

export type Crowded = {
  /** What each was told at last. */
  readonly answers: CrowdAnswer[];
  /** Why the fault could not be made; null: it was, or none was due. */
  readonly faultFailed: string | null;
};

/** Told to whoever sees their turn a moment before it holds: nothing was asked of the gate yet. */
const TOO_EARLY: ReadonlySet<string> = new Set(["not_your_turn", "not_open"]);
/** As many as one function's connections carry without becoming the bottleneck. */
const AT_ONCE = 32;
/** Whoever the API asks to wait longer asks again so soon; the firewall's wait is kept. */
const MOST_WAIT_MS = 5_000;
/** Where nobody gets any answer for so long there is no site any more. */
const SILENCE_MS = 20_000;

/** Buys as the sale's page would: all at once, one key for each person, and again under that key until the answer is final. */
export async function sendCrowd(crowd: Crowd): Promise<Crowded> {
  const { plan } = crowd;
  const endsAtMs = performance.now() + crowd.limitMs;
  const pacer = createPacer(crowd.pace ?? CROWD_PACE);
  const answers: CrowdAnswer[] = [];
  let answered = 0;
  let holders = 0;
  let heardAtMs = performance.now();
  let broken: Promise<string | null> | undefined;

  /** Before the first attempt of a person is answered for good, the fault may have to come. */
  function count(): void {
    answered++;
    // Caught at once: the crowd goes on for minutes, and a rejection that nobody waits for ends the process.
    if (plan.breaksAfter !== null && answered >= plan.breaksAfter)
      broken ??= crowd.breakIt().then(() => null, messageOf);
  }

  async function send({ person, ticket }: Comer, key: string) {
    let atMs = pacer.take(performance.now());
    for (let waitMs = atMs - performance.now(); waitMs > 0; waitMs = atMs - performance.now()) {
      await sleep(waitMs);
      atMs = Math.max(atMs, pacer.blockedUntilMs());
      // While nobody may send, nothing is heard.
      heardAtMs = performance.now();
    }
    const reply = await sendPurchase(crowd, { token: person.token, key, ticket });
    if (reply.isAddressBlocked) pacer.block(performance.now() + reply.retryAfterMs);
    return reply;
  }

  async function buy(comer: Comer): Promise<void> {
    const { person, index } = comer;
    const key = randomUUID();
    let answer: HeardAnswer = { kind: "no_answer", orderId: null };
    let finals = 0;
    let isOrderLost = false;
    let isCounted = false;
    for (;;) {
      const replies = await Promise.all(Array.from({ length: plan.copies }, () => send(comer, key)));
      const final = replies.find((reply) => !asksAgain(reply.answer.kind));
      if (!isCounted && !TOO_EARLY.has((final ?? replies[0])?.answer.kind ?? "")) {
        isCounted = true;
        count();
      }
      if (replies.some((reply) => reply.answer.kind !== "no_answer")) heardAtMs = performance.now();
      else if (performance.now() - heardAtMs > SILENCE_MS) break;
      const isLost = final !== undefined && plan.isLost(index, finals++);
      if (isLost) isOrderLost ||= final.answer.orderId !== null;
      else if (final) answer = final.answer;
      // What is known stays known.
      else if (asksAgain(answer.kind) && replies[0]) answer = replies[0].answer;
      // Each copy is to be answered for good: what became of one says nothing of the other.
      if (!isLost && replies.every((reply) => !asksAgain(reply.answer.kind))) break;
      const waitMs = Math.max(...replies.map(({ retryAfterMs }) => Math.min(retryAfterMs, MOST_WAIT_MS)));
      if (performance.now() + waitMs > endsAtMs) break;
      await sleep(waitMs);
    }
    const orderId = answer.orderId as OrderId | null;
    const isPaying = answer.kind === "held" && orderId !== null && crowd.afterHold !== undefined;
    const hasPaid = isPaying && (await crowd.afterHold(person, orderId, holders++));
    answers.push({
      buyerId: person.buyerId,
      kind: answer.kind,
      orderId,
      ...(isOrderLost && { isOrderLost }),
      ...(isPaying && { hasPaid }),
    });
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
  return { answers, faultFailed: (await broken) ?? null };
}

async function* comingOf(comers: Crowd["comers"]): AsyncGenerator<Comer, void> {
  yield* comers;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
