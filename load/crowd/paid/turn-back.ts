import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { CancelOrderRequest } from "../../../core/contract/cancellation.ts";
import type { OwnOrder } from "../../../core/contract/order.ts";
import type { SaleId } from "../../../core/ids.ts";
import { localSession } from "../../local-session.ts";
import type { PaidAnswer } from "./pay-holds.ts";
import { planTurns, type Turn } from "./plan-buyers.ts";

/** Of somebody whose units go back: how many, and whether that was taken. */
export type TurnedBack = {
  readonly orderId: PaidAnswer["orderId"];
  readonly turn: Exclude<Turn, "keeps">;
  /** 0: nothing of it was taken. */
  readonly units: number;
};

type Shop = { readonly apiUrl: string; readonly saleId: SaleId };

const AGAIN_MS = 1_000;
const MOST_TRIES = 120;
const AT_ONCE = 16;

/** Some of those who have paid withdraw, and operators refund others by unit, each once their order is confirmed. */
export async function turnBack(
  shop: Shop,
  paid: readonly PaidAnswer[],
  seed: number,
): Promise<readonly TurnedBack[]> {
  const plan = planTurns(seed, paid.length);
  const waiting = paid.flatMap((holder, i) => {
    const turn = plan[i] ?? "keeps";
    return turn === "keeps" ? [] : [{ holder, turn }];
  });
  const turned: TurnedBack[] = [];
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { holder, turn } = next;
      const units = turn === "withdraws" ? await withdraw(shop, holder) : await refundOne(shop, holder);
      turned.push({ orderId: holder.orderId, turn, units });
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return turned;
}

/** In two steps, as on the page: it says until when one may withdraw and from how much, and then it is done. */
export async function withdraw(
  { apiUrl }: Pick<Shop, "apiUrl">,
  holder: Pick<PaidAnswer, "orderId" | "token">,
): Promise<number> {
  const order = `${apiUrl}/api/sale/order/${holder.orderId}`;
  const units = await untilKnown(async () => {
    const shown = await ask<OwnOrder>("GET", order, holder.token);
    const { state, withdrawal, unitsLeft } = shown.body ?? {};
    return state === "confirmed" && withdrawal?.kind === "open" ? (unitsLeft ?? null) : null;
  });
  if (units === null) return 0;
  // One key: however often it is sent, it is one withdrawal.
  const key = randomUUID();
  const taken = await untilKnown(async () => {
    const { status } = await ask("POST", `${order}/withdraw`, holder.token, { units }, key);
    return status === 202 ? units : isRefusal(status) ? 0 : null;
  });
  return taken ?? 0;
}

/** An operator takes one unit of an order back, and its money with it; it goes on sale again. */
export async function refundOne(
  { apiUrl, saleId }: Shop,
  { orderId, buyerId }: Pick<PaidAnswer, "orderId" | "buyerId">,
): Promise<number> {
  const { token } = localSession("operator");
  const key = randomUUID();
  const wish: CancelOrderRequest = {
    units: 1,
    isWithheld: false,
    reason: "the crowd sends it back",
    buyerId,
  };
  const path = `${apiUrl}/api/admin/sales/${saleId}/orders/${orderId}/cancel`;
  const taken = await untilKnown(async () => {
    const { status } = await ask("POST", path, token, wish, key);
    return status === 202 ? 1 : isRefusal(status) ? 0 : null;
  });
  return taken ?? 0;
}

const isRefusal = (status: number): boolean => status >= 400 && status < 500 && status !== 429;

async function untilKnown<T>(look: () => Promise<T | null>): Promise<T | null> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const known = await look();
    if (known !== null) return known;
    await sleep(AGAIN_MS);
  }
  return null;
}

type Shown<T> = { readonly status: number; readonly body: T | null };

/** Status 0: there was no answer. */
async function ask<T>(
  method: "GET" | "POST",
  url: string,
  token: string,
  body?: unknown,
  key?: string,
): Promise<Shown<T>> {
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      "content-type": "application/json",
      ...(key !== undefined && { "idempotency-key": key }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch(() => null);
  const read = (await response?.json().catch(() => null)) as T | null | undefined;
  return { status: response?.status ?? 0, body: response?.ok ? (read ?? null) : null };
}
