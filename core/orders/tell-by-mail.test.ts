import { expect, test } from "vitest";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { mailsOf } from "../mail/order-mail.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import { type Brought, eventsToTell } from "./tell-by-mail.ts";

const order = aReservation({ quantity: 3 });
const { saleId, orderId, buyerId } = order;
const names = { saleId, orderId, buyerId, requestId: "request-1" };
const wish = (wishId: string) =>
  ({
    ...names,
    wish: "return",
    wishId,
    units: 1,
    isWithheld: false,
    reason: "",
    actorId: "",
    wishedAtMs: 1,
  }) as const;
const returned = (number: number, id: string): ReservationEvent =>
  ({ kind: "returned", id, number, units: 1, isWithheld: false, reason: "", actorId: "" }) as const;
const history = [
  { kind: "confirmed", id: "confirm", number: 1 } as const,
  returned(2, "wish-2"),
  returned(3, "wish-3"),
];
const nothing: Brought = { brought: [], wishes: [], reports: [] };
const report = { ...names, payment: "captured", paymentId: "pay_1" } as const;

test.each<[what: string, brought: Brought, numbers: readonly number[]]>([
  ["its own message: what was decided on it", { ...nothing, brought: [order] }, [1]],
  ["that its money was taken: that it is confirmed", { ...nothing, reports: [report] }, [1]],
  ["a wish: what came of this one", { ...nothing, wishes: [wish("wish-2")] }, [2]],
  ["a wish and its own message: both", { ...nothing, brought: [order], wishes: [wish("wish-3")] }, [1, 3]],
  ["messages about other orders: nothing", { ...nothing, brought: [aReservation()] }, []],
])("a run tells of an order, given %s", (_what, brought, numbers) => {
  const isToTell = eventsToTell(brought);
  const mails = mailsOf({ reservation: order, history }, (event) => isToTell(orderId, event));
  expect(mails.map(({ number }) => number)).toEqual(numbers);
});

test("a run tells that an order has failed, given that its money will never come, and not of an earlier failure", () => {
  const failed = { kind: "failed", id: "fail", number: 3, why: "capture_refused" } as const;
  const lost = { ...names, payment: "failed", paymentId: "pay_1", why: "capture_refused" } as const;
  expect(eventsToTell({ ...nothing, reports: [lost] })(orderId, failed)).toBe(true);
  expect(eventsToTell({ ...nothing, wishes: [wish("wish-2")] })(orderId, failed)).toBe(false);
});
