import { setTimeout as sleep } from "node:timers/promises";
import type { OrderView } from "../../../core/contract/order.ts";
import type { BuyerId, OrderId } from "../../../core/ids.ts";
import { askOfOrder, openPayment } from "./ask-of-order.ts";
import type { PayerKind } from "./plan-buyers.ts";
import { chooseOnPage } from "./provider-page.ts";

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

/** Does what a holder does, as their browser would: by our API, and on the provider's page. */
export async function actAsHolder(apiUrl: string, holder: Holder): Promise<PaidAnswer> {
  switch (holder.kind) {
    case "never_opens":
      return { ...holder, hasPaid: false };
    case "gives_up":
      await openPayment(apiUrl, holder);
      await askOfOrder(apiUrl, holder, "DELETE", "/hold");
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
  if (holder.kind === "declined_first") await chooseOnPage(opened.url, "decline");
  if (holder.kind === "last_second") await sleep(untilLastMoment(opened.order));
  return (await chooseOnPage(opened.url, "pay")) === 303;
}

const untilLastMoment = ({ expiresAt = "" }: OrderView): number =>
  Math.max(0, Date.parse(expiresAt) - LAST_MOMENT_MS - Date.now());
