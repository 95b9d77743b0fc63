import { setTimeout as sleep } from "node:timers/promises";
import { bothLimits } from "../fault.ts";
import { halves, mustBe, openAll, payAll } from "../payment/expected-states.ts";
import type { PaymentFault, PaymentStage } from "../payment/payment-fault.ts";

/** Some tries of whoever asks the provider. */
const OUTAGE_MS = 6_000;
const SILENCE_MS = 10_000;

const isCaptured = ({ cloud, saleId }: PaymentStage) =>
  cloud.payments
    .books()
    .intents.some(({ metadata, received }) => metadata["sale_id"] === saleId && received > 0);

/** The provider refuses, is silent, or breaks down. */
export const paymentOutages: readonly PaymentFault[] = [
  {
    isPaid: true,
    name: "capture-refused",
    line: "capture refused: failed, and the units go back",
    limits: bothLimits,
    inject: async (stage) => {
      const { payers } = stage;
      const [refused, paid] = halves(payers);
      await openAll(payers);
      await Promise.all([payAll(paid), ...refused.map((payer) => payer.choose("uncapturable"))]);
      mustBe(stage, refused, "failed");
      mustBe(stage, paid, "confirmed");
    },
  },
  {
    isPaid: true,
    name: "capture-unanswered",
    line: "capture done, and its answer lost",
    inject: async (stage) => {
      const { cloud, payers, until } = stage;
      await openAll(payers);
      cloud.payments.setOutage("unanswered");
      await payAll(payers);
      await until("the provider has taken money", async () => isCaptured(stage));
      await sleep(OUTAGE_MS);
      cloud.payments.setOutage("none");
      mustBe(stage, payers, "confirmed");
    },
  },
  {
    isPaid: true,
    name: "provider-down-at-opening",
    line: "provider down while payments are opened: errors, then too many requests, then lost answers",
    inject: async (stage) => {
      const { cloud, payers } = stage;
      cloud.payments.setOutage("errors");
      const opening = openAll(payers);
      await sleep(OUTAGE_MS / 2);
      cloud.payments.setOutage("rate_limited");
      await sleep(OUTAGE_MS / 2);
      cloud.payments.setOutage("unanswered");
      await sleep(OUTAGE_MS / 2);
      cloud.payments.setOutage("none");
      await opening;
      await payAll(payers);
      mustBe(stage, payers, "confirmed");
    },
  },
  {
    isPaid: true,
    name: "provider-down-at-expiry",
    line: "provider down while holds expire: they wait",
    limits: bothLimits,
    inject: async (stage) => {
      const { cloud, payers, endTime } = stage;
      const [paid, unpaid] = halves(payers);
      await openAll(payers);
      cloud.payments.setOutage("errors");
      await endTime();
      await sleep(OUTAGE_MS);
      const meanwhile = await Promise.all(payers.map((payer) => payer.look()));
      const ended = meanwhile.filter((state) => state !== "held" && state !== null);
      stage.alsoJudge(() =>
        ended.map((state) => `a hold was ${state} while nobody could ask whether it was paid`),
      );
      await payAll(paid);
      await sleep(OUTAGE_MS / 2);
      cloud.payments.setOutage("none");
      mustBe(stage, paid, "confirmed");
      mustBe(stage, unpaid, "expired");
    },
  },
  {
    isPaid: true,
    name: "provider-silent-at-capture",
    line: "provider silent while money is taken",
    inject: async (stage) => {
      const { cloud, payers, until } = stage;
      await openAll(payers);
      await payAll(payers);
      cloud.payments.setOutage("silent");
      await sleep(SILENCE_MS);
      cloud.payments.setOutage("errors");
      await sleep(OUTAGE_MS);
      cloud.payments.setOutage("none");
      await until("the provider has taken money", async () => isCaptured(stage));
      mustBe(stage, payers, "confirmed");
    },
  },
];
