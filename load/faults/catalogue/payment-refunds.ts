import { setTimeout as sleep } from "node:timers/promises";
import { bothLimits } from "../fault.ts";
import type { PaymentFault } from "../payment/payment-fault.ts";
import {
  allHavePaid,
  allTurnBack,
  giveBackAtConsole,
  oneOfEachComesBack,
  refundsOf,
} from "../payment/turn-back.ts";
import { killed } from "./payment-crashes.ts";

/** Some tries of whoever asks the provider. */
const OUTAGE_MS = 6_000;
const SILENCE_MS = 10_000;
const AT_ONCE_MS = 150;

/** Money goes back, and whoever gives it dies, hears nothing, or is not the only one who gives it. */
export const paymentRefunds: readonly PaymentFault[] = [
  {
    ...killed(
      "payer",
      "payment_after_refunding",
      "payer-killed-refunding",
      "payment worker killed once money is given back, before it says so",
      async (stage) => {
        // Or a message of the provider would have it noted first.
        stage.cloud.payments.setWebhooks({ isLost: true });
        for (const payer of stage.payers) if (!(await payer.pay())) throw new Error("somebody could not pay");
        await stage.until("everybody has their order", async () => {
          await stage.cloud.complete();
          const states = await Promise.all(stage.payers.map((payer) => payer.look()));
          return states.every((state) => state === "confirmed");
        });
        await allTurnBack(stage);
      },
    ),
    limits: bothLimits,
  },
  {
    isPaid: true,
    name: "refund-unanswered",
    line: "money given back, and the answer lost",
    limits: bothLimits,
    inject: async (stage) => {
      await allHavePaid(stage);
      stage.cloud.payments.setOutage("unanswered");
      await allTurnBack(stage);
      await stage.until("the provider has given money back", async () => refundsOf(stage).length > 0);
      await sleep(OUTAGE_MS);
      stage.cloud.payments.setOutage("none");
    },
  },
  {
    isPaid: true,
    name: "provider-down-at-refund",
    line: "provider down while money is to go back: it waits",
    inject: async (stage) => {
      await allHavePaid(stage);
      stage.cloud.payments.setOutage("errors");
      await allTurnBack(stage);
      await sleep(OUTAGE_MS);
      stage.cloud.payments.setOutage("rate_limited");
      await sleep(OUTAGE_MS / 2);
      const refunded = (await Promise.all(stage.payers.map((payer) => payer.look()))).filter(
        (state) => state === "refunded",
      );
      stage.alsoJudge(() => refunded.map(() => "an order was refunded while nobody could give money back"));
      stage.cloud.payments.setOutage("none");
    },
  },
  {
    isPaid: true,
    name: "provider-silent-at-refund",
    line: "provider silent while money is to go back",
    inject: async (stage) => {
      await allHavePaid(stage);
      stage.cloud.payments.setOutage("silent");
      await allTurnBack(stage);
      await sleep(SILENCE_MS);
      stage.cloud.payments.setOutage("none");
    },
  },
  {
    isPaid: true,
    name: "refund-at-console-meanwhile",
    line: "money given back at the provider's own console while units of it come back",
    limits: bothLimits,
    inject: async (stage) => {
      await allHavePaid(stage);
      const atConsole = stage.payers.map(async (payer, i) => {
        await sleep((i % 4) * AT_ONCE_MS);
        return giveBackAtConsole(stage, payer);
      });
      const [taken] = await Promise.all([Promise.all(atConsole), oneOfEachComesBack(stage)]);
      stage.alsoJudge(({ facts }) => {
        const known = facts.ledger.filter(({ moneyBack }) => moneyBack.outsideMinor > 0).length;
        const there = taken.filter(Boolean).length;
        return [
          ...(there === 0 ? ["nothing was given back at the console: nothing was tested"] : []),
          ...(known === there ? [] : [`${there} were given back at the console, and ${known} are known`]),
        ];
      });
    },
  },
  {
    isPaid: true,
    name: "refund-unanswered-and-at-console",
    line: "money given back, the answer lost, and given back at the provider's own console before anybody looks again",
    limits: bothLimits,
    inject: async (stage) => {
      await allHavePaid(stage);
      stage.cloud.payments.setOutage("unanswered");
      await oneOfEachComesBack(stage);
      await stage.until("the provider has given money back", async () => refundsOf(stage).length > 0);
      await Promise.all(stage.payers.map((payer) => giveBackAtConsole(stage, payer)));
      stage.cloud.payments.setOutage("none");
    },
  },
];
