import type { FaultPoint } from "../../../core/fault-point.ts";
import { schedules } from "../../../core/topology.ts";
import { hasKilled } from "../kills.ts";
import { mailedBuyers } from "../mailed-buyers.ts";
import type { Payer } from "../payment/payer.ts";
import type { PaymentFault, PaymentStage } from "../payment/payment-fault.ts";
import { startWaiting, type WaitingCrowd } from "../payment/waiting-crowd.ts";
import { readRecoveries } from "../read-recoveries.postgres.ts";
import { waitUntil } from "../wait-until.ts";
import { atPoint } from "../worker-control.ts";

/** Units that come back, while more people than that wait. */
const BACK = 4;
const LIMIT_MS = 120_000;

const confirmed = ({ look }: Payer) => look().then((state) => state === "confirmed");

/** The others pay, so that what comes back is all that there is. */
async function payTheRest({ payers }: PaymentStage): Promise<void> {
  const rest = payers.slice(BACK);
  for (const payer of rest) await payer.pay();
  await waitUntil(
    "the others have paid",
    async () => (await Promise.all(rest.map(confirmed))).every(Boolean),
    LIMIT_MS,
  );
}

/** Each unit that came back was bought by one who waited, and none lies idle while somebody waits. */
function judgeReturns({ alsoJudge }: PaymentStage, { paid, faults }: WaitingCrowd): void {
  alsoJudge(({ facts: { database, gate } }) => {
    const states = new Map(database.rows.map(({ orderId, state }) => [String(orderId), state]));
    const bought = [...paid].filter((orderId) => states.get(orderId) === "confirmed").length;
    return [
      ...faults,
      ...(bought === BACK ? [] : [`${BACK} units came back, and ${bought} were bought by those who waited`]),
      ...(database.sold === database.allocated
        ? []
        : [`${database.sold} of ${database.allocated} units are sold`]),
      ...(gate.stock.available === 0 ? [] : [`${gate.stock.available} units lie idle`]),
    ];
  });
}

/** So many turns are in the log: each is for one unit. */
const untilTurns = async ({ line }: WaitingCrowd, people: number): Promise<void> =>
  waitUntil(
    `${people} turns have been given`,
    async () => (await line()).steps.reduce((sum, step) => sum + step.people, 0) >= people,
    LIMIT_MS,
  );

const giveBack = ({ payers }: PaymentStage, count = BACK): Promise<unknown> =>
  Promise.all(payers.slice(0, count).map((payer) => payer.giveUp()));

/** The guardian dies between a unit's coming back and its turn, or once the turn is in the log and nobody has been told. */
const killed = (when: string, line: string, point: FaultPoint): PaymentFault => ({
  isPaid: true,
  name: `returns-turn-killed-${when}`,
  line,
  prepare: (cloud) => cloud.workers.rearm("guardian", atPoint(point, "SIGKILL", [0, 0])),
  hasStruck: hasKilled(schedules.guardian.handler),
  inject: async (stage) => {
    const crowd = await startWaiting(stage);
    judgeReturns(stage, crowd);
    await payTheRest(stage);
    await giveBack(stage);
    await crowd.follow(BACK, async (guest) => crowd.pay(await crowd.take(guest)));
  },
});

const lost: PaymentFault = {
  isPaid: true,
  name: "returns-redis-lost-in-turn",
  line: "Redis FLUSHALL while turns for units that came back are open",
  inject: async (stage) => {
    const { cloud, saleId } = stage;
    const crowd = await startWaiting(stage);
    judgeReturns(stage, crowd);
    await payTheRest(stage);
    await giveBack(stage);
    await untilTurns(crowd, BACK);
    await cloud.redis.node().client.flushall();
    await waitUntil(
      "the sale is recovered",
      async () => (await readRecoveries(cloud.stores().databaseUrl, saleId)).length > 0,
      LIMIT_MS,
    );
    await crowd.follow(BACK, async (guest) => crowd.pay(await crowd.take(guest)));
  },
};

/** Who is first in turn holds the unit and does not pay; as that hold ends, so do others, and the next turns open. */
const expired: PaymentFault = {
  isPaid: true,
  name: "returns-hold-expires-as-turns-open",
  line: "a hold that was bought in a turn expires while the next turns open",
  inject: async (stage) => {
    const crowd = await startWaiting(stage);
    judgeReturns(stage, crowd);
    await payTheRest(stage);
    await giveBack(stage, 1);
    let isFirst = true;
    await crowd.follow(BACK, async (guest) => {
      const lets = isFirst;
      isFirst = false;
      const payer = await crowd.take(guest);
      if (lets) await stage.endTime();
      else await crowd.pay(payer);
    });
  },
};

/** The first mail goes out twice at most, all others once, and nobody's turn waits for one. */
const unmailed: PaymentFault = {
  isPaid: true,
  name: "returns-mailer-killed",
  line: "whoever tells people of their turn by mail is killed between a mail and its mark",
  prepare: (cloud) => cloud.workers.rearm("teller", atPoint("notice_after_send", "SIGKILL", [0])),
  hasStruck: hasKilled(schedules.drawResults.handler),
  inject: async (stage) => {
    const { cloud, saleId } = stage;
    const telling = cloud.tell();
    try {
      const crowd = await startWaiting(stage, await mailedBuyers(cloud));
      judgeReturns(stage, crowd);
      await payTheRest(stage);
      await giveBack(stage);
      await untilTurns(crowd, BACK);
      const mails = () => cloud.mailbox.countAbout(saleId);
      await waitUntil("each has a mail", async () => (await mails()) >= BACK, LIMIT_MS);
      const count = await mails();
      stage.alsoJudge(() => (count === BACK ? [] : [`${count} mails about ${BACK} turns`]));
      await crowd.follow(BACK, async (guest) => crowd.pay(await crowd.take(guest)));
    } finally {
      await telling.stop();
    }
  },
};

/** Faults while people wait for units that come back to a sale that is paid for. */
export const paymentReturns: readonly PaymentFault[] = [
  killed(
    "before",
    "guardian killed between a unit's coming back and the turn that it is kept for",
    "line_before_step",
  ),
  killed("after", "guardian killed once the turn for a unit that came back is in the log", "line_after_step"),
  lost,
  expired,
  unmailed,
];
