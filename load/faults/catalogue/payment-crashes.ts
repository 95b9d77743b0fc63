import type { FaultPoint } from "../../../core/fault-point.ts";
import { consumers, httpFunction, schedules } from "../../../core/topology.ts";
import { bothLimits } from "../fault.ts";
import { hasKilled } from "../kills.ts";
import { halves, mustBe, openAll, payAll } from "../payment/expected-states.ts";
import type { PaymentFault, PaymentStage } from "../payment/payment-fault.ts";
import { readRecoveries } from "../read-recoveries.postgres.ts";
import { atPoint, type Role } from "../worker-control.ts";

/** Some die at their first passing, others at their second. */
const PASSES = [0, 0, 1];

const handlers = {
  opener: httpFunction("openPayment").handler,
  webhook: httpFunction("paymentWebhook").handler,
  payer: consumers.paymentWorker.handler,
  completer: schedules.payments.handler,
} as const satisfies Partial<Record<Role, string>>;

export const killed = (
  role: keyof typeof handlers,
  point: FaultPoint,
  name: string,
  line: string,
  inject: PaymentFault["inject"],
): PaymentFault => ({
  isPaid: true,
  name,
  line,
  prepare: (cloud) => cloud.workers.rearm(role, atPoint(point, "SIGKILL", PASSES)),
  inject: async (stage) => {
    await inject(stage);
    // From then on the completer runs, and would do it first.
    await stage.until(`${role} is killed`, async () => hasKilled(handlers[role])(stage.cloud));
  },
  hasStruck: hasKilled(handlers[role]),
});

async function allPay(stage: PaymentStage): Promise<void> {
  await openAll(stage.payers);
  await payAll(stage.payers);
  mustBe(stage, stage.payers, "confirmed");
}

async function allLetTimePass(stage: PaymentStage): Promise<void> {
  await openAll(stage.payers);
  await stage.endTime();
  mustBe(stage, stage.payers, "expired");
}

/** Half have opened the provider's page when Redis forgets all; they pay, and of the others every second one opens it then. */
const lost = (name: string, line: string, lose: (stage: PaymentStage) => Promise<unknown>): PaymentFault => ({
  isPaid: true,
  name,
  line,
  limits: bothLimits,
  inject: async (stage) => {
    const { cloud, saleId, payers, until } = stage;
    const [opened, others] = halves(payers);
    const [late, never] = halves(others);
    await openAll(opened);
    await lose(stage);
    await payAll(opened);
    await until(
      "the sale is recovered",
      async () => (await readRecoveries(cloud.stores().databaseUrl, saleId)).length > 0,
    );
    await openAll(late);
    await payAll(late);
    mustBe(stage, [...opened, ...late], "confirmed");
    mustBe(stage, never, "expired");
  },
});

/** Whoever works for payments dies between two steps, or Redis is lost while units are held. */
export const paymentCrashes: readonly PaymentFault[] = [
  killed(
    "opener",
    "payment_after_opening",
    "opener-killed",
    "killed once the provider has made a page, before its name is known",
    allPay,
  ),
  killed(
    "webhook",
    "payment_after_deciding",
    "webhook-killed",
    "killed once a hold is authorised, before it is sent on",
    allPay,
  ),
  killed(
    "payer",
    "payment_after_capturing",
    "payer-killed-capturing",
    "payment worker killed once money is taken, before it says so",
    allPay,
  ),
  killed(
    "payer",
    "payment_after_cancelling",
    "payer-killed-cancelling",
    "payment worker killed once a page is ended, before its hold is",
    allLetTimePass,
  ),
  killed(
    "payer",
    "payment_after_deciding",
    "payer-killed-deciding",
    "payment worker killed once a hold has ended, before it is sent on",
    allLetTimePass,
  ),
  {
    ...killed(
      "completer",
      "payment_after_deciding",
      "completer-killed",
      "completer killed once a hold is authorised, before it is sent on",
      async (stage) => {
        await allPay(stage);
        for (const _ of PASSES) await stage.cloud.complete();
      },
    ),
    prepare: async ({ payments, workers }) => {
      // Or there would be nothing left for it.
      payments.setWebhooks({ isLost: true });
      await workers.rearm("completer", atPoint("payment_after_deciding", "SIGKILL", PASSES));
    },
  },
  lost("redis-flushall-with-holds", "Redis FLUSHALL with holds open", ({ cloud }) =>
    cloud.redis.node().client.flushall(),
  ),
  lost("redis-restart-empty-with-holds", "Redis restarts empty with holds open", ({ cloud }) =>
    cloud.redis.restartEmpty(),
  ),
];
