import { expect, test } from "vitest";
import { aReservation } from "../../tests/support/test-reservation.ts";
import { aBuyer, NOW_MS } from "../../tests/support/test-sale.ts";
import { holdMail, mailsOf } from "../mail/order-mail.ts";
import { happeningOf, type PushNotice, topicOf, ttlSecondsOf, urgencyOf } from "./notice.ts";
import { orderNotice } from "./order-notice.ts";

const reservation = aReservation({ heldUntilMs: NOW_MS + 300_000 });
const { saleId, orderId } = reservation;
const turn = (more: { step?: number; untilMs?: number; language?: "de" } = {}): PushNotice => ({
  kind: "turn",
  saleId,
  buyerId: aBuyer(),
  step: 3,
  untilMs: NOW_MS + 60_000,
  notAfterMs: NOW_MS + 40_000,
  isReturn: false,
  ...more,
});
const of = { saleId, buyerId: aBuyer(), notAfterMs: NOW_MS };
const opening: PushNotice = { ...of, kind: "opening" };
const hold = () => orderNotice(holdMail(reservation)!, NOW_MS)!;

test("what happened has one name, by which two tellings of it are known for one", () => {
  expect(happeningOf(turn())).toBe(happeningOf(turn({ untilMs: NOW_MS + 90_000, language: "de" })));
  expect(happeningOf(turn())).not.toBe(happeningOf(turn({ step: 4 })));
  const all: PushNotice[] = [turn(), turn({ step: 4 }), hold(), opening];
  expect(new Set(all.map(topicOf)).size).toBe(all.length);
  for (const notice of all) expect(topicOf(notice)).toMatch(/^[\w-]{32}$/);
});

test("a hold that ends is told until there is no time left to pay, and kept no longer by a push service", () => {
  expect(hold()).toMatchObject({ kind: "hold_ending", orderId, notAfterMs: NOW_MS + 280_000 });
  expect(ttlSecondsOf(hold(), NOW_MS + 270_500)).toBe(9);
  expect(ttlSecondsOf(hold(), NOW_MS + 279_500)).toBeNull();
  expect(ttlSecondsOf(turn(), NOW_MS + 50_000)).toBeNull();
});

test("a phone is woken for what ends within minutes, and not for what waits well", () => {
  const refunded: PushNotice = { ...of, kind: "refunded", orderId, number: 4 };
  expect([turn(), hold(), refunded].map(urgencyOf)).toEqual(["high", "high", "normal"]);
});

test("of mails about an order, those that a mailbox keeps well are told by mail alone", () => {
  const history = [
    { kind: "confirmed", id: "confirm", number: 1 },
    { kind: "returned", id: "back", number: 2, units: 1 },
    { kind: "refunded", id: "refunded:1", number: 3, givenMinor: 100 },
  ] as unknown as Parameters<typeof mailsOf>[0]["history"];
  const mails = mailsOf({ reservation: aReservation(), history });
  expect(mails.map(({ kind }) => kind)).toEqual(["confirmed", "returned", "refunded"]);
  expect(mails.map((mail) => orderNotice(mail, NOW_MS)?.kind ?? null)).toEqual([
    null,
    "returned",
    "refunded",
  ]);
});
