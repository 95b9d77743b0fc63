import { setTimeout as sleep } from "node:timers/promises";
import { LOCAL_PAYMENT_KEY } from "../../../local/payment/payment-provider.ts";
import { chooseOnPage } from "../../crowd/paid/provider-page.ts";
import { bothLimits } from "../fault.ts";
import { halves, mustBe, mustHave, openAll, payAll } from "../payment/expected-states.ts";
import type { Payer } from "../payment/payer.ts";
import type { PaymentFault, PaymentStage } from "../payment/payment-fault.ts";

/** The first pays before anybody looks, the last when all is over. */
const PAYS_EVERY_MS = 800;
const AT_ONCE_MS = 150;
/** Many looks of a guardian. */
const LOOKS_MS = 5_000;

/** As the merchant does at the provider's own console: nobody can pay on that page any more. */
async function endPage({ cloud }: PaymentStage, url: string): Promise<void> {
  const id = url.split("/").at(-1);
  const response = await fetch(`${cloud.payments.url}/v1/checkout/sessions/${id}/expire`, {
    method: "POST",
    headers: { authorization: `Bearer ${LOCAL_PAYMENT_KEY}` },
  });
  if (!response.ok) throw new Error(`the page could not be ended: ${response.status}`);
}

/** Two tabs at once are one page; once that is ended there is another, and only that one can be paid on. */
async function payOnSecondPage(stage: PaymentStage, payer: Payer): Promise<string[]> {
  const [first, same] = await Promise.all([payer.open(), payer.open()]);
  if (first === null) return [`${payer.orderId} has no page`];
  const wrong = first === same ? [] : [`${payer.orderId} has two pages at once`];
  await endPage(stage, first);
  const second = await payer.open();
  if (second === null || second === first) wrong.push(`${payer.orderId} has no second page`);
  const [onSecond, onFirst] = await Promise.all([payer.choose("pay"), chooseOnPage(first, "pay")]);
  if (!onSecond || onFirst === 303) wrong.push(`${payer.orderId}: paid on the wrong page`);
  return wrong;
}

/** Payment, time and the buyer, each at the same moment as another. */
export const paymentRaces: readonly PaymentFault[] = [
  {
    isPaid: true,
    name: "pay-as-it-expires",
    line: "authorised in the instant of expiry, both ways",
    limits: bothLimits,
    inject: async (stage) => {
      const { payers, endTime } = stage;
      await openAll(payers);
      mustHave(stage, "confirmed", "expired");
      const paying = payers.slice(1).map(async (payer, i) => {
        await sleep(i * PAYS_EVERY_MS);
        await payer.choose("pay");
      });
      // However long a guardian takes, one of them is too late.
      const late = payers[0]!;
      const tooLate = stage
        .until("a hold has ended", async () => (await late.look()) !== "held")
        .then(() => late.choose("pay"));
      await Promise.all([endTime(), ...paying, tooLate]);
    },
  },
  {
    isPaid: true,
    name: "cancel-while-paying",
    line: "a shopper cancels while paying",
    limits: bothLimits,
    inject: async (stage) => {
      const { payers } = stage;
      await openAll(payers);
      mustBe(stage, payers, "confirmed", "cancelled");
      await Promise.all(
        payers.map(async (payer, i) => {
          const cancel = sleep((i % 3) * AT_ONCE_MS).then(() => payer.giveUp());
          const pay = sleep(((i + 1) % 3) * AT_ONCE_MS).then(() => payer.choose("pay"));
          await Promise.all([cancel, pay]);
        }),
      );
    },
  },
  {
    isPaid: true,
    name: "two-attempts",
    line: "two attempts of one order",
    inject: async (stage) => {
      const { payers } = stage;
      mustBe(stage, payers, "confirmed");
      const wrong = (await Promise.all(payers.map((payer) => payOnSecondPage(stage, payer)))).flat();
      stage.alsoJudge(() => wrong);
    },
  },
  {
    isPaid: true,
    name: "declined-first",
    line: "a declined card first",
    inject: async (stage) => {
      const { payers } = stage;
      const [goOn, leave] = halves(payers);
      await openAll(payers);
      await Promise.all(payers.map((payer) => payer.choose("decline")));
      await payAll(goOn);
      mustBe(stage, goOn, "confirmed");
      mustBe(stage, leave, "expired");
    },
  },
  {
    isPaid: true,
    name: "guardian-off-beyond-holds",
    line: "guardian off for longer than every hold",
    limits: bothLimits,
    inject: async (stage) => {
      const { cloud, payers, endTime } = stage;
      const [late, never] = halves(payers);
      await openAll(payers.filter((_, i) => i % 3 > 0 || late.includes(payers[i]!)));
      await cloud.guardians.down();
      await endTime();
      await sleep(LOOKS_MS);
      // A hold that nobody has ended may still be paid.
      await payAll(late);
      mustBe(stage, late, "confirmed");
      mustBe(stage, never, "expired");
      cloud.guardians.add();
    },
  },
];
