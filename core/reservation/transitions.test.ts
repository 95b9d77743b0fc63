import { describe, expect, test } from "vitest";
import {
  evolve,
  heldState,
  type ReservationEvent,
  type ReservationState,
  reservedState,
  stateFrom,
} from "./lifecycle.ts";
import { moneyStateOf, moneySteps, orderSteps } from "./transitions.ts";

const by = { reason: "", actorId: "byr_1" };
const payment = { paymentId: "pi_1", amountMinor: 300, currency: "EUR" };
type Body = { readonly kind: ReservationEvent["kind"]; readonly id?: string } & Record<string, unknown>;
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

/** Of each kind one that is whole; those about a refund are asked of an order that has it. */
const bodies: Readonly<Record<ReservationEvent["kind"], Body>> = {
  authorised,
  placed: { kind: "placed" },
  confirmed: { kind: "confirmed" },
  rejected: { kind: "rejected", reason: "beyond_allocation" },
  failed: { kind: "failed", why: "capture_refused" },
  expired: { kind: "expired" },
  cancelled: { kind: "cancelled", actorId: "byr_1" },
  returned: { kind: "returned", units: 1, isWithheld: false, refundMinor: 0, ...by },
  wish_refused: { kind: "wish_refused", why: "not_confirmed", actorId: "byr_1" },
  refund_granted: { kind: "refund_granted", amountMinor: 1, ...by },
  refund_retried: { kind: "refund_retried", refundId: "wish", ...by },
  refund_settled: { kind: "refund_settled", refundId: "wish", ...by },
  refunded: { kind: "refunded", attempt: 4, givenMinor: 100, coveredMinor: 0 },
  refund_failed: { kind: "refund_failed", attempt: 4, why: "sent_back" },
  refunded_outside: { kind: "refunded_outside", outsideId: "re_x", amountMinor: 1 },
};
const kinds = Object.keys(bodies) as ReservationEvent["kind"][];
const ofOneRefund = new Set(["refund_retried", "refund_settled", "refunded", "refund_failed"]);

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
    for (const kind of kinds.filter((one) => !ofOneRefund.has(one))) {
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
    for (const kind of ofOneRefund as Set<ReservationEvent["kind"]>) {
      const next = step(state, kind);
      const allowed = moneySteps[name as keyof typeof money][kind];
      expect([kind, next !== null]).toEqual([kind, allowed !== undefined]);
      if (next) expect(allowed).toContain(stateIn(next));
    }
  });
});
