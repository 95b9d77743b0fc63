import { halves, mustBe, openAll, payAll } from "../payment/expected-states.ts";
import type { PaymentFault, PaymentStage } from "../payment/payment-fault.ts";

const DAY_MS = 24 * 3_600_000;
const DISORDER_MS = 3_000;

/** Half of them pay; of the others every second one gives up, and the rest lets the time pass. */
async function payOrNot(stage: PaymentStage): Promise<void> {
  const { payers } = stage;
  const [pay, others] = halves(payers);
  const [giveUp, leave] = halves(others);
  await openAll(payers);
  await Promise.all([payAll(pay), ...giveUp.map((payer) => payer.giveUp())]);
  mustBe(stage, pay, "confirmed");
  mustBe(stage, giveUp, "cancelled");
  mustBe(stage, leave, "expired");
}

const misbehaving = (
  name: string,
  line: string,
  switches: Parameters<PaymentStage["cloud"]["payments"]["setWebhooks"]>[0],
): PaymentFault => ({
  isPaid: true,
  name,
  line,
  prepare: async ({ payments }) => payments.setWebhooks(switches),
  inject: payOrNot,
});

/** The provider's messages, in every way that they can come or not. */
export const paymentWebhooks: readonly PaymentFault[] = [
  misbehaving("webhook-twice", "webhook twice", { isDouble: true }),
  misbehaving("webhook-disordered", "webhook out of order, and twice", {
    isDouble: true,
    disorderMs: DISORDER_MS,
  }),
  misbehaving("webhook-lost", "webhook lost, and nobody comes back from the provider's page", {
    isLost: true,
  }),
  {
    isPaid: true,
    name: "webhook-late-by-a-day",
    line: "webhook late by a day: signed anew, as the provider does, and as it was",
    inject: async (stage) => {
      const { cloud, saleId, atRest } = stage;
      await payOrNot(stage);
      const before = await atRest();
      const asItWas = await cloud.payments.sendAgain(saleId, Date.now() - DAY_MS);
      const anew = await cloud.payments.sendAgain(saleId, Date.now());
      stage.alsoJudge(({ facts }) => [
        ...(asItWas.length === 0 ? ["no message was sent again: nothing was tested"] : []),
        ...asItWas.filter((status) => status !== 403).map((status) => `an old signature is taken: ${status}`),
        ...anew.filter((status) => status !== 204).map((status) => `a message is not taken: ${status}`),
        ...(statesOf(facts) === statesOf(before) ? [] : ["a message of yesterday has changed an order"]),
      ]);
    },
  },
  {
    isPaid: true,
    name: "webhook-before-answer",
    line: "webhook before the answer of the call that caused it",
    prepare: async ({ payments }) => payments.setOutage("slow"),
    inject: payOrNot,
  },
];

const statesOf = ({ ledger }: Awaited<ReturnType<PaymentStage["atRest"]>>): string =>
  ledger
    .map(({ orderId, state }) => `${orderId} ${state}`)
    .toSorted()
    .join();
