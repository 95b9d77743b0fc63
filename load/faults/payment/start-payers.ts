import { setTimeout as sleep } from "node:timers/promises";
import type { SaleId } from "../../../core/ids.ts";
import { type Attempt, purchaseAttempt } from "../../crowd/purchase-attempt.ts";
import { HttpConnection } from "../../http-connection.ts";
import { localSession } from "../../local-session.ts";
import { type ClientAnswer, isFinal } from "../../verdict/client-answer.ts";
import { readAnswer } from "../../verdict/read-answer.ts";
import type { PurchaseLimit } from "../crowd/shopping.ts";
import { createPayer, type Payer } from "./payer.ts";

const AGAIN_MS = 300;
/** More people than units: somebody is told that all are taken. */
const PEOPLE = { 1: 14, 3: 10 };

const nowMs = () => performance.timeOrigin + performance.now();

/** Everybody buys once, for one unit or up to the limit. @returns those who hold units, and every answer. */
export async function startPayers(
  apiUrl: string,
  saleId: SaleId,
  purchaseLimit: PurchaseLimit,
): Promise<{ readonly payers: Payer[]; readonly log: ClientAnswer[] }> {
  const log: ClientAnswer[] = [];
  const attempts = Array.from({ length: PEOPLE[purchaseLimit] }, (_, index) =>
    purchaseAttempt(apiUrl, saleId, localSession(), 1 + (index % purchaseLimit)),
  );
  await Promise.all(attempts.map((attempt) => buy(apiUrl, attempt, log)));
  const payers = attempts.flatMap(({ buyer, quantity }) => {
    const held = log.find(({ buyerId, kind }) => buyerId === buyer.buyerId && kind === "held");
    return held?.orderId ? [createPayer(apiUrl, { ...buyer, orderId: held.orderId, quantity })] : [];
  });
  return { payers, log };
}

async function buy(apiUrl: string, { buyer, key, quantity, request }: Attempt, log: ClientAnswer[]) {
  const connection = new HttpConnection(apiUrl);
  for (;;) {
    const sentAtMs = nowMs();
    const answer = await connection.send(request).catch(() => null);
    const line = readAnswer(
      { buyerId: buyer.buyerId, key, quantity, sentAtMs, answeredAtMs: nowMs() },
      answer,
    );
    log.push(line);
    if (isFinal(line)) break;
    await sleep(AGAIN_MS);
  }
  connection.close();
}
