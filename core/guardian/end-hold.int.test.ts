import { Redis } from "ioredis";
import { afterAll, describe, expect, test } from "vitest";
import { gateOn, reservationOf } from "../../tests/gate/test-gate.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import { authorisedBy, expired, standingIn, unitsIn } from "../../tests/support/test-holds.ts";
import { NOW_MS } from "../../tests/support/test-sale.ts";
import { createGateContents } from "../gate/gate-contents.redis.ts";
import { gateKeys } from "../gate/keys.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import { createLedger } from "../reservation/ledger.dynamo.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { systemClock } from "../clock.ts";
import { expireDuty, HOLD_GRACE_MS } from "./duties/expire-duty.ts";
import type { Look } from "./duties/duty.ts";
import type { GuardedSale } from "./guarded-sales.postgres.ts";

const stores = await testStores();
const ledger = createLedger(testTables(stores.dynamoEndpoint), stores.ledgerTable);
const redis = new Redis(stores.redisUrl);
afterAll(() => redis.disconnect());
const { gate, load, reserve } = gateOn(redis);
const contents = createGateContents(redis);

/** A sale of two units with one hold, and the guardian's duty about it, with what it asks of others. */
async function scene() {
  const sale = await load({ allocated: 2, payment: { kind: "held", holdSeconds: 60 } });
  const { saleId } = sale;
  const reservation: Reservation = reservationOf(await reserve(saleId));
  await ledger.put(reservation);
  const asked: string[] = [];
  const warned: string[] = [];
  const deps = {
    ledger,
    gate,
    contents,
    clock: systemClock,
    queue: {
      sendDecided: async (_: Reservation, events: readonly ReservationEvent[]) =>
        void asked.push(`order queue: ${events.map(({ kind }) => kind).join()}`),
    },
    payments: { send: async ({ task }: { readonly task: string }) => void asked.push(`payments: ${task}`) },
    measure: () => {},
    warn: (what: string) => void warned.push(what),
  };
  let passedMs = 0;
  const duty = expireDuty({
    ...deps,
    clock: { ...systemClock, monotonicMs: () => systemClock.monotonicMs() + passedMs },
  });
  return {
    reservation,
    asked,
    warned,
    pass: (ms: number) => void (passedMs += ms),
    stateOf: () => standingIn(ledger, reservation),
    units: () => unitsIn(gate, saleId),
    onSale: () => redis.hset(gateKeys(saleId).gate, "restock_at_ms", 0),
    /** A look so long after the hold was due. */
    look: async (afterDueMs: number, others: Partial<typeof deps> = {}): Promise<void> => {
      const view = await gate.inspect(saleId);
      if (view.kind === "lost") throw new Error("the gate is lost");
      const nowMs = (reservation.heldUntilMs ?? 0) + afterDueMs;
      const look: Look = {
        sale: { ...sale, sold: 0, withheld: 0 } satisfies GuardedSale,
        view: { ...view, nowMs },
        fence: 1,
        comparison: null,
        isSettled: false,
      };
      await (Object.keys(others).length > 0 ? expireDuty({ ...deps, ...others }) : duty)(look);
    },
  };
}

const killed = async () => Promise.reject(new Error("killed"));
const LATE_MS = HOLD_GRACE_MS + 1;

describe("a hold that nobody pays", () => {
  test("stands until its time and the grace are over, and then goes back on sale", async () => {
    const { look, stateOf, units, onSale, asked } = await scene();
    for (const afterDueMs of [-1, 0, HOLD_GRACE_MS - 1]) await look(afterDueMs);
    expect([await stateOf(), await units()]).toEqual(["held", "1 available, 1 held, 0 sold"]);
    await look(LATE_MS);
    await onSale();
    expect([await stateOf(), await units()]).toEqual(["expired", "2 available, 0 held, 0 sold"]);
    expect(asked).toEqual(["order queue: expired"]);
  });

  test("ends after however long nobody has looked", async () => {
    const { look, stateOf } = await scene();
    await look(30 * 24 * 3_600_000);
    expect(await stateOf()).toBe("expired");
  });

  test("ends though the guardian died on the way: after the ledger, and before the gate", async () => {
    const { look, stateOf, units, warned } = await scene();
    await look(LATE_MS, { gate: { ...gate, settle: killed } });
    expect([await stateOf(), await units()]).toEqual(["expired", "1 available, 1 held, 0 sold"]);
    expect(warned).toEqual(["a hold was not ended"]);
    await look(LATE_MS);
    expect(await units()).toBe("2 available, 0 held, 0 sold");
  });

  test("keeps its units until its ending is on the way to the merchant's records", async () => {
    const { look, stateOf, units, asked } = await scene();
    await look(LATE_MS, { queue: { sendDecided: killed } });
    expect([await stateOf(), await units()]).toEqual(["expired", "1 available, 1 held, 0 sold"]);
    await look(LATE_MS);
    expect([await units(), asked]).toEqual(["2 available, 0 held, 0 sold", ["order queue: expired"]]);
  });

  test("is left alone while the ledger does not have it: the relay comes first", async () => {
    const { look, units } = await scene();
    await look(LATE_MS, { ledger: { ...ledger, get: async () => null } });
    expect(await units()).toBe("1 available, 1 held, 0 sold");
  });
});

describe("a hold with a payment that was opened", () => {
  const attempt = {
    attempt: 1,
    amountMinor: 12_900,
    currency: "EUR",
    openedAtMs: NOW_MS,
    name: "Sneaker",
    locale: "en",
    returnUrl: "https://shop.example/order",
  } as const;

  test("waits until those who reach the provider have ended it, and asks them now and then", async () => {
    const { look, reservation, stateOf, units, asked, pass } = await scene();
    await ledger.openPayment(reservation, attempt);
    for (let time = 0; time < 3; time++) {
      await look(LATE_MS);
      pass(100_000);
    }
    expect([await stateOf(), await units()]).toEqual(["held", "1 available, 1 held, 0 sold"]);
    // A message waits for six minutes after each try: another would only wait beside it.
    expect(asked).toEqual(["payments: expire"]);
    pass(100_000);
    await look(LATE_MS);
    expect(asked).toEqual(["payments: expire", "payments: expire"]);
    await ledger.decideHold(reservation, expired);
    await look(LATE_MS);
    expect(await units()).toBe("2 available, 0 held, 0 sold");
  });

  test("that was paid in the last moment is sent on its way, until its order has a row", async () => {
    const { look, reservation, stateOf, units, asked } = await scene();
    await ledger.openPayment(reservation, attempt);
    await ledger.decideHold(reservation, authorisedBy());
    for (let time = 0; time < 3; time++) await look(LATE_MS);
    expect([await stateOf(), await units()]).toEqual(["authorised", "1 available, 1 held, 0 sold"]);
    expect(asked).toEqual(["order queue: authorised"]);
  });

  test("opened in the very moment in which it expires: whoever comes first has it", async () => {
    const { look, reservation, stateOf, asked } = await scene();
    const decideHold: typeof ledger.decideHold = async (...first) => {
      await ledger.decideHold(reservation, authorisedBy());
      return ledger.decideHold(...first);
    };
    await look(LATE_MS, { ledger: { ...ledger, decideHold } });
    expect(await stateOf()).toBe("authorised");
    expect(asked).toEqual(["order queue: authorised"]);
  });
});

test("a put whose answer is lost is repeated, and what is there is compared by its id", async () => {
  const { reservation } = await scene();
  const dynamo = testTables(stores.dynamoEndpoint);
  let lost = 1;
  const put: typeof dynamo.put = async (...input) => {
    const answer = await dynamo.put(...input);
    if (lost-- > 0) throw new Error("the answer is lost");
    return answer;
  };
  const unsure = createLedger({ ...dynamo, put }, stores.ledgerTable);
  expect(await unsure.decideHold(reservation, expired)).toEqual(expired);
  expect(await unsure.decideHold(reservation, authorisedBy())).toEqual(expired);
});
