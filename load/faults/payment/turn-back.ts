import { refundOne, withdraw } from "../../crowd/paid/turn-back.ts";
import { halves, openAll, payAll } from "./expected-states.ts";
import type { Payer } from "./payer.ts";
import type { PaymentStage } from "./payment-fault.ts";

/** Everybody pays, and has their order: from here on money can only go back. */
export async function allHavePaid({ payers, until }: PaymentStage): Promise<void> {
  await openAll(payers);
  await payAll(payers);
  await until("everybody has their order", async () =>
    (await Promise.all(payers.map((payer) => payer.look()))).every((state) => state === "confirmed"),
  );
}

/** Half of them withdraw from all they have; of each of the others an operator takes one unit back. */
export async function allTurnBack(stage: PaymentStage): Promise<void> {
  const [withdrawing, others] = halves(stage.payers);
  mustComeBack(stage, withdrawing, ({ quantity }) => quantity);
  mustComeBack(stage, others, () => 1);
  const shop = { apiUrl: stage.cloud.apiUrl, saleId: stage.saleId };
  await Promise.all([
    ...withdrawing.map((payer) => withdraw(shop, payer)),
    ...others.map((payer) => refundOne(shop, payer)),
  ]);
}

/** An operator takes one unit of each back. */
export async function oneOfEachComesBack(stage: PaymentStage): Promise<void> {
  mustComeBack(stage, stage.payers, () => 1);
  const shop = { apiUrl: stage.cloud.apiUrl, saleId: stage.saleId };
  await Promise.all(stage.payers.map((payer) => refundOne(shop, payer)));
}

/** In the end exactly so many units of each are back, and who has none left is refunded. */
const mustComeBack = (
  { alsoJudge }: PaymentStage,
  payers: readonly Payer[],
  unitsOf: (payer: Payer) => number,
): void =>
  alsoJudge(({ facts }) => {
    const found = new Map(facts.ledger.map((order) => [order.orderId, order]));
    return payers.flatMap((payer) => {
      const order = found.get(payer.orderId);
      const left = payer.quantity - unitsOf(payer);
      const state = left === 0 ? "refunded" : "confirmed";
      return order?.unitsLeft === left && order.state === state
        ? []
        : [`${payer.orderId} is ${order?.state} with ${order?.unitsLeft}, not ${state} with ${left}`];
    });
  });

/** The merchant gives money of an order back at the provider's own console. @returns whether the provider took it. */
export async function giveBackAtConsole({ cloud, priceMinor }: PaymentStage, payer: Payer): Promise<boolean> {
  const intent = cloud.payments
    .books()
    .intents.find(({ metadata, received }) => metadata["order_id"] === payer.orderId && received > 0);
  if (!intent) throw new Error(`${payer.orderId} was not paid for`);
  const response = await fetch(`${cloud.payments.url}/console/payments/${intent.id}/refund`, {
    method: "POST",
    body: new URLSearchParams({ amount: String(priceMinor) }),
    redirect: "manual",
  });
  await response.body?.cancel();
  return response.status === 303;
}

/** Of this sale. */
export const refundsOf = ({ cloud, payers }: PaymentStage) => {
  const { intents, refunds } = cloud.payments.books();
  const orders = new Set<string>(payers.map(({ orderId }) => orderId));
  const ids = new Set(
    intents.filter(({ metadata }) => orders.has(metadata["order_id"] ?? "")).map(({ id }) => id),
  );
  return refunds.filter(({ intent }) => ids.has(intent));
};
