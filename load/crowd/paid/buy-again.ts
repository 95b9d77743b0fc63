import { setTimeout as sleep } from "node:timers/promises";
import type { SaleId } from "../../../core/ids.ts";
import type { SignedIn } from "../../local-session.ts";
import type { ClientAnswer } from "../../verdict/client-answer.ts";
import { purchaseAttempt } from "../purchase-attempt.ts";
import { sendCrowd } from "../send-crowd.ts";
import { actAsHolder, type PaidAnswer } from "./pay-holds.ts";
import { planAgain } from "./plan-buyers.ts";

/** What came of those who were told that all is sold out, and tried again. */
export type BoughtAgain = {
  readonly answers: readonly PaidAnswer[];
  /** Who tried again, whatever came of it. */
  readonly tried: number;
  /** Who had no unit when it was over. */
  readonly left: number;
  readonly tries: number;
};

export type BuyingAgain = {
  /** How many still want a unit. */
  waiting(): number;
  /** Ends it, once those who hold a unit have done what they do about it. */
  stop(): Promise<BoughtAgain>;
};

type Shop = { readonly apiUrl: string; readonly saleId: SaleId };

const EVERY_MS = 3_000;
/** Few: they are not the rush at the opening. */
const CONNECTIONS = 4;

/** Who was told that all is sold out, and was never told anything else: each once. */
export function toldSoldOut(log: readonly ClientAnswer[], buyers: readonly SignedIn[]): SignedIn[] {
  const kinds = Map.groupBy(log, ({ buyerId }) => buyerId);
  const unique = new Map(buyers.map((buyer) => [buyer.buyerId, buyer]));
  return [...unique.values()].filter(({ buyerId }) => {
    const heard = kinds.get(buyerId) ?? [];
    return heard.some(({ kind }) => kind === "sold_out") && heard.every(({ orderId }) => orderId === null);
  });
}

/** Has people try again every few seconds until they hold a unit, each time as a new intent, and pay for it or give it up. */
export function startBuyingAgain(shop: Shop, people: readonly SignedIn[], seed: number): BuyingAgain {
  const plan = planAgain(seed, people.length);
  const kindOf = new Map(people.map(({ buyerId }, i) => [buyerId, plan[i] ?? "pays"]));
  let wanting = [...people];
  const over = new AbortController();
  let tries = 0;
  const acting: Promise<PaidAnswer>[] = [];

  async function tryAll(): Promise<void> {
    const tokens = new Map(wanting.map(({ buyerId, token }) => [buyerId, token]));
    const attempts = wanting.map((buyer) => purchaseAttempt(shop.apiUrl, shop.saleId, buyer));
    tries += attempts.length;
    const log = await sendCrowd({ apiUrl: shop.apiUrl, attempts, connections: CONNECTIONS });
    for (const { kind, orderId, buyerId } of log) {
      const token = tokens.get(buyerId);
      if (kind !== "held" || !orderId || token === undefined) continue;
      tokens.delete(buyerId);
      acting.push(actAsHolder(shop.apiUrl, { orderId, buyerId, token, kind: kindOf.get(buyerId) ?? "pays" }));
    }
    wanting = wanting.filter(({ buyerId }) => tokens.has(buyerId));
  }
  async function work(): Promise<void> {
    while (!over.signal.aborted && wanting.length > 0) {
      await tryAll();
      await sleep(EVERY_MS);
    }
  }
  const working = work();
  return {
    waiting: () => wanting.length,
    stop: async () => {
      over.abort();
      await working;
      return { answers: await Promise.all(acting), tried: people.length, left: wanting.length, tries };
    },
  };
}
