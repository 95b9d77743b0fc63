import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { aPayment, authorisedBy } from "../../tests/support/test-holds.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { systemClock } from "../clock.ts";
import { placeOrder } from "../orders/place-order.postgres.ts";
import { decideReports } from "../orders/decide-report.postgres.ts";
import { connectDatabase } from "../postgres/connect.postgres.ts";
import type { PaymentTask } from "../reservation/payment-task.ts";
import type { Sale } from "../sale/sale.ts";
import { completeDuty } from "./duties/complete-duty.ts";

const stores = await testStores();
const { db, insert } = testOrders(stores.databaseUrl);
/** Who may set a row's clock back. */
const owner = connectDatabase(stores.databaseUrl);
afterAll(() => owner.destroy());

const payment = { kind: "held", holdSeconds: 60 } as const;

/** An order of the sale that is placed, so many seconds ago, and whose money nobody has taken. */
async function placed({ saleId }: Sale, secondsAgo: number, paymentId = "pay_1") {
  const reservation = aReservation({ saleId, heldUntilMs: 1 });
  const authorised = authorisedBy(aPayment({ paymentId }));
  await placeOrder(db, { reservation, events: [authorised] });
  await sql`
    update orders set created_at = now() - make_interval(secs => ${secondsAgo})
    where id = ${reservation.orderId}`.execute(owner);
  return reservation;
}

/** The duty of one sale, and what it asks and measures. */
function scene(sale: Sale) {
  let passedMs = 0;
  const asked: PaymentTask[] = [];
  const measured: unknown[] = [];
  let isDown = false;
  const duty = completeDuty({
    db,
    payments: {
      send: async (task) => {
        if (isDown) throw new Error("SQS is down");
        asked.push(task);
      },
    },
    clock: { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + passedMs },
    measure: (name, value) => void measured.push([name, value]),
    warn: () => {},
  });
  return {
    asked,
    measured,
    pass: (ms: number) => void (passedMs += ms),
    fail: (fails: boolean) => void (isDown = fails),
    look: () =>
      duty({
        sale: { ...sale, sold: 0, withheld: 0 },
        // The duty reads PostgreSQL alone.
        view: undefined as never,
        fence: 1,
        comparison: null,
        isSettled: false,
      }),
  };
}

test("an order that has waited for its money for more than a minute is asked about, and younger ones are under way", async () => {
  const sale = await insert({ payment, allocated: 5 });
  const forgotten = await placed(sale, 61);
  await placed(sale, 50, "pay_2");
  const { look, asked, measured } = scene(sale);
  await look();
  expect(asked).toEqual([
    {
      task: "capture",
      saleId: sale.saleId,
      orderId: forgotten.orderId,
      buyerId: forgotten.buyerId,
      requestId: forgotten.requestId,
    },
  ]);
  expect(measured).toEqual([["UncapturedOrders", 1]]);
});

test("it is asked about once a minute for as long as it waits, and no more once its money is there", async () => {
  const sale = await insert({ payment, allocated: 5 });
  const forgotten = await placed(sale, 61);
  const { look, asked, pass } = scene(sale);
  for (let time = 0; time < 3; time++) {
    await look();
    pass(16_000);
  }
  expect(asked).toHaveLength(1);
  pass(60_000);
  await look();
  expect(asked).toHaveLength(2);
  const { saleId, orderId, buyerId, requestId } = forgotten;
  const report = { payment: "captured", saleId, orderId, buyerId, requestId, paymentId: "pay_1" } as const;
  await decideReports(db, [{ report, reservation: forgotten }]);
  pass(120_000);
  await look();
  expect(asked).toHaveLength(2);
});

test("a sale that costs nothing is not looked into", async () => {
  const sale = await insert({ payment: { kind: "none" }, allocated: 5 });
  await placed(sale, 61);
  const { look, asked } = scene(sale);
  await look();
  expect(asked).toEqual([]);
});
