import { describe, expect, test } from "vitest";
import { by, eventBodies, type EventBody, ofOneRefund } from "../../tests/support/event-bodies.ts";
import {
  evolve,
  heldState,
  type ReservationEvent,
  type ReservationState,
  reservedState,
  stateFrom,
} from "./lifecycle.ts";
import { moneyStateOf, moneySteps, orderSteps } from "./transitions.ts";

const payment = { paymentId: "pi_1", amountMinor: 300, currency: "EUR" };
type Body = EventBody;
/** Given two units at 1.50, when this became of them. */
const after = (first: ReservationState, ...bodies: readonly Body[]): ReservationState =>
  stateFrom(
    first,
    bodies.map((body, index) => eventOf(body, index + 1)),
  );
const eventOf = (body: Body, number: number) =>
  ({ id: `${body.kind}:${number}`, number, ...body }) as unknown as ReservationEvent;

const authorised: Body = { kind: "authorised", ...payment };
const placed: readonly Body[] = [authorised, { kind: "placed" }];
const confirmed: readonly Body[] = [...placed, { kind: "confirmed" }];
const returned: readonly Body[] = [
  ...confirmed,
  { kind: "returned", id: "wish", units: 2, isWithheld: false, refundMinor: 300, ...by },
];
const refunded: readonly Body[] = [
  ...returned,
  { kind: "refunded", attempt: 4, givenMinor: 300, coveredMinor: 0 },
];
const held = heldState(2);

const states: Readonly<Record<ReservationState["kind"], ReservationState>> = {
  reserved: reservedState(2),
  held,
  authorised: after(held, authorised),
  placed: after(held, ...placed),
  confirmed: after(held, ...confirmed),
  returned: after(held, ...returned),
  refunded: after(held, ...refunded),
  rejected: after(reservedState(2), { kind: "rejected", reason: "beyond_allocation" }),
  failed: after(held, ...placed, { kind: "failed", why: "capture_refused" }),
  expired: after(held, { kind: "expired" }),
  cancelled: after(held, { kind: "cancelled", actorId: "byr_1" }),
};

const bodies = eventBodies(payment);
const kinds = Object.keys(bodies) as ReservationEvent["kind"][];

const step = (state: ReservationState, kind: ReservationEvent["kind"]): ReservationState | null => {
  try {
    return evolve(state, eventOf(bodies[kind], state.number + 1));
  } catch {
    return null;
  }
};

describe.each(Object.entries(states))("what is %s", (name, state) => {
  test("takes the steps of the table, and no other", () => {
    expect(state.kind).toBe(name);
    for (const kind of kinds.filter((known) => !ofOneRefund.includes(known))) {
      const next = step(state, kind);
      const allowed = orderSteps[state.kind][kind];
      expect([kind, next !== null]).toEqual([kind, allowed !== undefined]);
      if (next) expect(allowed).toContain(next.kind);
    }
  });
});

const failed: readonly Body[] = [...returned, { kind: "refund_failed", attempt: 4, why: "refused" }];
const money = {
  due: after(held, ...returned),
  given: after(held, ...refunded),
  failed: after(held, ...failed),
  settled: after(held, ...failed, { kind: "refund_settled", refundId: "wish", ...by }),
};

const stateIn = ({ refunds = [] }: ReservationState) => moneyStateOf(refunds[0]!);

describe.each(Object.entries(money))("money that is %s", (name, state) => {
  test("takes the steps of the table, and no other", () => {
    expect(stateIn(state)).toBe(name);
    for (const kind of ofOneRefund) {
      const next = step(state, kind);
      const allowed = moneySteps[name as keyof typeof money][kind];
      expect([kind, next !== null]).toEqual([kind, allowed !== undefined]);
      if (next) expect(allowed).toContain(stateIn(next));
    }
  });
});
