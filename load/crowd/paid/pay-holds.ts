import { setTimeout as sleep } from "node:timers/promises";
import type { OpenedPaymentAnswer } from "../../../core/contract/payment.ts";
import type { OrderView } from "../../../core/contract/order.ts";
import type { BuyerId, OrderId } from "../../../core/ids.ts";
import type { PayerKind } from "./plan-buyers.ts";

export type Holder = {
  readonly orderId: OrderId;
  readonly buyerId: BuyerId;
  readonly token: string;
  readonly kind: PayerKind;
};

/** What became of it, as the holder saw it. */
export type PaidAnswer = Holder & {
  /** The provider's page led back after paying: the money is authorised. */
  readonly hasPaid: boolean;
};

/** So long before the end of their time the last ones pay. */
const LAST_MOMENT_MS = 400;
const AGAIN_MS = 1_000;
const MOST_TRIES = 120;

/** Does what a holder does, as their browser would: by our API, and on the provider's page. */
export async function actAsHolder(apiUrl: string, holder: Holder): Promise<PaidAnswer> {
  switch (holder.kind) {
    case "never_opens":
      return { ...holder, hasPaid: false };
    case "gives_up":
      await openPayment(apiUrl, holder);
      await ask(apiUrl, holder, "DELETE", "/hold");
      return { ...holder, hasPaid: false };
    case "opens_and_leaves":
      await openPayment(apiUrl, holder);
      return { ...holder, hasPaid: false };
    case "declined_first":
    case "last_second":
    case "pays":
      return { ...holder, hasPaid: await pay(apiUrl, holder) };
    default:
      return holder.kind satisfies never;
  }
}

async function pay(apiUrl: string, holder: Holder): Promise<boolean> {
  const opened = await openPayment(apiUrl, holder);
  if (!opened?.url) return false;
  const choose = (choice: string) =>
    fetch(`${opened.url}/${choice}`, { method: "POST", redirect: "manual" }).then(async (response) => {
      await response.body?.cancel();
      return response.status;
    });
  if (holder.kind === "declined_first") await choose("decline");
  if (holder.kind === "last_second") await sleep(untilLastMoment(opened.order));
  return (await choose("pay")) === 303;
}

const untilLastMoment = ({ expiresAt = "" }: OrderView): number =>
  Math.max(0, Date.parse(expiresAt) - LAST_MOMENT_MS - Date.now());

const openPayment = async (apiUrl: string, holder: Holder): Promise<OpenedPaymentAnswer | null> =>
  (await ask(apiUrl, holder, "POST", "/payment")) as OpenedPaymentAnswer | null;

/** Asks until there is an answer that says something; null: it is too late. */
async function ask(
  apiUrl: string,
  { orderId, token }: Holder,
  method: string,
  path: string,
): Promise<unknown> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const response = await fetch(`${apiUrl}/api/sale/order/${orderId}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      ...(method === "POST" && { body: "{}" }),
    }).catch(() => null);
    const body = await response?.json().catch(() => null);
    if (response?.ok) return body;
    if (response?.status === 409) return null;
    await sleep(AGAIN_MS);
  }
  return null;
}
