import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { by, eventBodies, type EventBody, ofOneRefund } from "../../tests/support/event-bodies.ts";
import { testStores } from "../../tests/support/stores.ts";
import { aPayment, authorisedBy } from "../../tests/support/test-holds.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { aReservation } from "../../tests/support/test-reservation.ts";
import type { SaleId } from "../ids.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { moneySteps, orderSteps } from "../reservation/transitions.ts";
import { placeOrder } from "./place-order.postgres.ts";
import { recordEnded } from "./record-ended.postgres.ts";
import { recordRejected } from "./record-orders.postgres.ts";
import { rejected } from "./recorded-order.ts";

const stores = await testStores();
const { db, insert } = testOrders(stores.databaseUrl);

type Kind = ReservationEvent["kind"];
type Body = EventBody;

const bodies = eventBodies(aPayment());
const others = (Object.keys(bodies) as Kind[]).filter((kind) => !ofOneRefund.includes(kind));

const confirmed: readonly Body[] = [{ kind: "confirmed" }];
const returned: readonly Body[] = [
  ...confirmed,
  { kind: "returned", id: "wish", units: 2, isWithheld: false, refundMinor: 200, ...by },
];
const refunded: readonly Body[] = [
  ...returned,
  { kind: "refunded", attempt: 4, givenMinor: 200, coveredMinor: 0 },
];
const failed: readonly Body[] = [...returned, { kind: "refund_failed", attempt: 4, why: "refused" }];

/** What `move_order` has taken since the row was placed. */
const moved = {
  placed: [],
  confirmed,
  returned,
  refunded,
  failed: [{ kind: "failed", why: "capture_refused" }],
} as const satisfies Partial<Record<keyof typeof orderSteps, readonly Body[]>>;
const moneyMoved: Readonly<Record<keyof typeof moneySteps, readonly Body[]>> = {
  due: returned,
  given: refunded,
  failed,
  settled: [...failed, { kind: "refund_settled", refundId: "wish", ...by }],
};

let saleId: SaleId;
let count = 0;
beforeAll(async () => {
  const payment = { kind: "held", holdSeconds: 60 } as const;
  ({ saleId } = await insert({ payment, allocated: 1_000, purchaseLimit: 2, priceMinor: 150 }));
});
afterAll(() => expect(count).toBeGreaterThan(0));

const aHold = (): Reservation =>
  aReservation({ saleId, quantity: 2, place: ++count, heldUntilMs: 1, n: 1_001 });

type Row = { readonly hold: Reservation; readonly number: number };
const move = async ({ hold, number }: Row, body: Body): Promise<Row> => {
  const event = { id: `${body.kind}:${number + 1}`, ...body, number: number + 1 };
  await sql`select move_order(${hold.orderId}, ${JSON.stringify(event)}::jsonb)`.execute(db);
  return { hold, number: number + 1 };
};

async function placedRow(steps: readonly Body[]): Promise<Row> {
  const hold = aHold();
  const placed = await placeOrder(db, {
    reservation: hold,
    events: [authorisedBy(aPayment({ amountMinor: 300 }))],
  });
  expect(placed).not.toBe("stale");
  let row: Row = { hold, number: 2 };
  for (const body of steps) row = await move(row, body);
  return row;
}

/** The state that the row has after the step; null: it was refused. */
async function stateAfter(row: Row, kind: Kind): Promise<string | null> {
  try {
    await move(row, bodies[kind]);
  } catch {
    return null;
  }
  const { state } = await db
    .selectFrom("orders")
    .select("state")
    .where("id", "=", row.hold.orderId)
    .executeTakeFirstOrThrow();
  return state;
}

async function expectSteps(
  from: keyof typeof orderSteps,
  newRow: () => Promise<Row>,
  kinds: readonly Kind[] = others,
): Promise<void> {
  for (const kind of kinds) {
    const allowed = orderSteps[from][kind] ?? [];
    const state = await stateAfter(await newRow(), kind);
    expect([from, kind, state !== null]).toEqual([from, kind, allowed.length > 0]);
    if (state !== null) expect(allowed).toContain(state);
  }
}

describe("move_order takes the steps of transitions.ts, and no other", () => {
  test.each(Object.entries(moved))("from %s", async (from, steps) => {
    await expectSteps(from as keyof typeof moved, () => placedRow(steps));
  });

  test("from what was rejected, and from holds that ended unpaid", async () => {
    await expectSteps("rejected", async () => {
      const hold = aHold();
      await recordRejected(db, [rejected(hold, "beyond_allocation")]);
      return { hold, number: 1 };
    });
    const ends = {
      expired: { kind: "expired" },
      cancelled: { kind: "cancelled", actorId: "byr_1" },
    } as const;
    for (const [from, end] of Object.entries(ends))
      await expectSteps(from as keyof typeof ends, async () => {
        const hold = aHold();
        await recordEnded(db, [{ reservation: hold, events: [{ ...end, id: from, number: 1 }] }]);
        return { hold, number: 1 };
      });
  });

  test.each(Object.entries(moneyMoved))("of money that is %s", async (from, steps) => {
    for (const kind of ofOneRefund) {
      const row = await placedRow(steps);
      const isTaken = (await stateAfter(row, kind)) !== null;
      const allowed = moneySteps[from as keyof typeof moneyMoved][kind];
      expect([from, kind, isTaken]).toEqual([from, kind, allowed !== undefined]);
      if (!allowed) continue;
      const { state, given_minor } = await db
        .selectFrom("refunds")
        .select(["state", "given_minor"])
        .where("order_id", "=", row.hold.orderId)
        .executeTakeFirstOrThrow();
      const money = state !== "refunded" ? state : Number(given_minor) > 0 ? "given" : "settled";
      expect(allowed).toContain(money);
    }
  });
});
