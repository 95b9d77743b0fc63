import { describe, expect, test } from "vitest";
import { aReservation } from "../../tests/support/test-reservation.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import { mailsOf } from "./order-mail.ts";

const reservation = aReservation({ quantity: 3 });
const mailsFor = (...history: ReservationEvent[]) =>
  mailsOf({ reservation, history }).map(({ kind, number, ...rest }) => [
    number,
    kind,
    "unitsLeft" in rest ? [rest.units, rest.unitsLeft] : null,
  ]);
const confirmed = { kind: "confirmed", id: "confirm", number: 1 } as const;
const returned = (number: number, units: number) =>
  ({
    kind: "returned",
    id: `wish-${number}`,
    number,
    units,
    isWithheld: false,
    reason: "broken",
    actorId: "a",
  }) as const;

describe("a buyer is told", () => {
  test("that their order is confirmed", () => expect(mailsFor(confirmed)).toEqual([[1, "confirmed", null]]));

  test("that it was rejected, with the reason", () => {
    const history = [{ kind: "rejected", id: "reject", number: 1, reason: "beyond_allocation" }] as const;
    expect(mailsOf({ reservation, history })).toMatchObject([
      { kind: "rejected", reason: "beyond_allocation" },
    ]);
  });

  test("that their order, which was paid for, has failed, and why", () => {
    const paid = aReservation({ quantity: 3, heldUntilMs: 1 });
    const history = [
      {
        kind: "authorised",
        id: "authorise:pi_1",
        number: 1,
        paymentId: "pi_1",
        amountMinor: 3,
        currency: "EUR",
      },
      { kind: "placed", id: "place", number: 2 },
      { kind: "failed", id: "fail", number: 3, why: "capture_refused" },
    ] as const;
    expect(mailsOf({ reservation: paid, history })).toMatchObject([
      { kind: "failed", number: 3, why: "capture_refused" },
    ]);
  });

  test("each time that units came back: how many, and what is left", () =>
    expect(mailsFor(confirmed, returned(2, 1), returned(3, 2))).toEqual([
      [1, "confirmed", null],
      [2, "returned", [1, 2]],
      [3, "returned", [2, 0]],
    ]));
});

test("nobody is told of a wish that was refused, of a message under another order's id, or of why units came back", () => {
  const refused = { kind: "wish_refused", id: "w", number: 2, why: "too_many_units", actorId: "a" } as const;
  expect(mailsFor(confirmed, refused)).toEqual([[1, "confirmed", null]]);
  const conflicting = { kind: "rejected", id: "reject", number: 1, reason: "conflicting_order" } as const;
  expect(mailsFor(conflicting)).toEqual([]);
  expect(JSON.stringify(mailsOf({ reservation, history: [confirmed, returned(2, 1)] }))).not.toContain(
    "broken",
  );
});
