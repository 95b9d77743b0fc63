import { setTimeout as sleep } from "node:timers/promises";
import type { Problem } from "../../core/contract/problem.ts";
import { purchaseAttempt } from "../crowd/purchase-attempt.ts";
import type { HttpAnswer } from "../http-connection.ts";
import { type ClientAnswer, isFinal } from "../verdict/client-answer.ts";
import { readAnswer } from "../verdict/read-answer.ts";
import { isAtTheDoor } from "./at-the-door.ts";
import { callerOf, type Guest, type Launch } from "./launch.ts";

const MOST_TRIES = 90;
const DEFAULT_RETRY_SECONDS = 1;

type How = {
  readonly ticket?: string | undefined;
  /** Another number of units than what they want. */
  readonly quantity?: number;
  /** True: asks again when refused at the door, as people do whose turn it is, until it has lapsed. */
  readonly isPatient?: boolean;
};

/** One purchase, asked again with its key while nobody knows its outcome. Answers the last answer. */
export async function buy(launch: Launch, guest: Guest, how: How = {}): Promise<ClientAnswer> {
  const { apiUrl, saleId, log } = launch;
  const caller = callerOf(launch, guest);
  const units = how.quantity ?? guest.quantity;
  const { request, key, quantity } = purchaseAttempt(apiUrl, saleId, guest.buyer, units, how.ticket);
  for (let tries = 1; ; tries++) {
    const sentAtMs = nowMs();
    const answer = await caller.send(request);
    const sent = { buyerId: guest.buyer.buyerId, key, quantity, sentAtMs, answeredAtMs: nowMs() };
    const line = readAnswer(sent, answer);
    log.push(line);
    const isDone = isFinal(line) || (isAtTheDoor(line) && (!how.isPatient || hasLapsed(answer)));
    if (isDone || tries === MOST_TRIES) return line;
    await sleep((answer?.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS) * 1_000);
  }
}

/** Whoever is told so leaves: a crowd that goes on asking takes the time of those whose turn it is. */
const hasLapsed = (answer: HttpAnswer | null): boolean =>
  answer !== null && answer.status === 403 && (JSON.parse(answer.body) as Problem).turn?.reason === "lapsed";

/** Since 1970, with fractions. */
const nowMs = () => performance.timeOrigin + performance.now();
