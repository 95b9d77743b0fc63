import { expect, test } from "vitest";
import type { OrderId } from "../../../core/ids.ts";
import type { Delivery } from "../../../local/payment/webhooks.ts";
import { judgeRaces, racesOf } from "./race-report.ts";

const orderId = "ord_a" as OrderId;
const orders = [{ orderId, state: "confirmed" as const }];
const message = (made: number, arrivedAtMs: number, status = 204): Delivery => ({
  eventId: `evt_${made}`,
  type: "payment_intent.succeeded",
  orderId,
  made,
  madeAtMs: made * 10,
  arrivedAtMs,
  status,
});
const laws = (deliveries: readonly Delivery[]) =>
  judgeRaces(racesOf(deliveries, orders)).map(({ finding }) => finding);

test("counts what came twice, what was overtaken and what was late, of orders of this sale alone", () => {
  const other = { ...message(9, 5_000), orderId: "ord_b" };
  const [race, ...others] = racesOf([message(1, 300), message(2, 100), message(2, 3_000), other], orders);
  expect(others).toEqual([]);
  expect(race).toMatchObject({ orderId, doubled: 1, disordered: 1, late: 1, outcome: "confirmed" });
});

test("a run in which nothing misbehaved has tested nothing", () => {
  expect(laws([message(1, 20), message(2, 30)])).toEqual([
    "3 kinds of messages that did not come: nothing was tested: doubled, disordered, late",
  ]);
});

test("a message that was refused and never taken is told; one that was taken in the end is not", () => {
  const races = [message(1, 300), message(2, 100), message(2, 3_000)];
  expect(laws(races)).toEqual([]);
  expect(laws([...races, message(3, 4_000, 500)])).toEqual([
    "1 orders whose messages were not all taken: ord_a",
  ]);
  expect(laws([...races, message(3, 4_000, 500), message(3, 5_000)])).toEqual([]);
});
