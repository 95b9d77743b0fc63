import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Command, decide, heldState, type ReservationEvent, stateFrom } from "./lifecycle.ts";
import { dueMinor, grantedMinor, refundedMinor } from "./refunds.ts";

const payment = { paymentId: "pi_1", amountMinor: 6_000, currency: "EUR" };
const confirmed: readonly ReservationEvent[] = [
  { kind: "authorised", id: "authorise:pi_1", number: 1, ...payment },
  { kind: "placed", id: "place", number: 2 },
  { kind: "confirmed", id: "confirm", number: 3 },
];

/** Given a paid order of three units at 20.00 and what became of it, when something is asked for. */
const given = (...more: readonly ReservationEvent[]) => stateFrom(heldState(3), [...confirmed, ...more]);
const when = (more: readonly ReservationEvent[], command: Command) => decide(command, given(...more));
const events = (...all: object[]) => ({ kind: "events", events: all });

const by = { reason: "scratched", actorId: "byr_2" };
const back = (wishId: string, units: number): Command => ({
  kind: "return",
  wish: { wishId, units, isWithheld: false, ...by },
});
const money = (wishId: string, amountMinor: number): Command => ({
  kind: "refund",
  wish: { wishId, amountMinor, ...by },
});
const resolve = (wishId: string, refundId: string, how: "again" | "otherwise"): Command => ({
  kind: "resolve_refund",
  wish: { wishId, refundId, how, ...by },
});
const gave = (attempt: number, givenMinor: number, coveredMinor = 0): Command => ({
  kind: "take_refunded",
  attempt,
  givenMinor,
  coveredMinor,
});
const failed = (attempt: number): Command => ({ kind: "take_refund_failed", attempt, why: "sent_back" });
const outside = (outsideId: string, amountMinor: number): Command => ({
  kind: "take_refunded_outside",
  outsideId,
  amountMinor,
});

/** Each is decided on what all before it have led to. */
function run(...commands: readonly Command[]): ReservationEvent[] {
  const history: ReservationEvent[] = [];
  for (const command of commands) {
    const decision = when(history, command);
    if (decision.kind === "events") history.push(...decision.events);
  }
  return history;
}
const after = (...commands: readonly Command[]) => given(...run(...commands));

describe("given a paid order", () => {
  test("when a unit comes back, then its money is due, under the number of that event", () => {
    expect(when([], back("w", 1))).toMatchObject(events({ kind: "returned", refundMinor: 2_000 }));
    const state = after(back("w", 1));
    expect(state).toMatchObject({ kind: "confirmed", unitsLeft: 2 });
    expect(state.refunds).toMatchObject([{ refundId: "w", attempt: 4, amountMinor: 2_000, state: "due" }]);
    expect([dueMinor(state), refundedMinor(state)]).toEqual([2_000, 0]);
  });

  test("when all units are back, then it is returned, and refunded once their money is", () => {
    expect(after(back("w", 3)).kind).toBe("returned");
    const state = after(back("v", 1), back("w", 2), gave(4, 2_000));
    expect(state.kind).toBe("returned");
    expect(after(back("v", 1), back("w", 2), gave(4, 2_000), gave(5, 4_000))).toMatchObject({
      kind: "refunded",
      unitsLeft: 0,
    });
  });

  test("when money goes back and units stay, then it is confirmed still, and never owes more than was taken", () => {
    const state = after(money("m", 500), gave(4, 500));
    expect(state).toMatchObject({ kind: "confirmed", unitsLeft: 3 });
    expect(refundedMinor(state)).toBe(500);
    expect(when(run(money("m", 500)), money("n", 5_501))).toMatchObject(
      events({ kind: "wish_refused", why: "too_much_money" }),
    );
    expect(when(run(money("m", 500)), back("w", 3))).toMatchObject(events({ refundMinor: 5_500 }));
  });

  test("when nothing is owed any more and the last unit comes back, then it is refunded at once", () => {
    expect(after(money("m", 6_000), gave(4, 6_000), back("w", 3)).kind).toBe("refunded");
  });

  test("when the same is wished for or told again, then nothing happens", () => {
    const history = run(back("w", 1), money("m", 500), gave(4, 2_000), outside("re_x", 100));
    for (const again of [back("w", 1), money("m", 500), gave(4, 2_000), outside("re_x", 100)])
      expect(when(history, again)).toEqual(events());
  });

  test("when a refund fails, then it is not owed by itself; tried again it has another attempt", () => {
    const history = run(back("w", 3), failed(4));
    expect(given(...history)).toMatchObject({ kind: "returned" });
    expect(dueMinor(given(...history))).toBe(0);
    const again = [...history, ...eventsOf(when(history, resolve("r", "w", "again")))];
    const [refund] = given(...again).refunds ?? [];
    expect(refund).toMatchObject({ attempt: 6, state: "due" });
    expect(refund).not.toHaveProperty("why");
    // What is told of the earlier attempt is none of this one's.
    expect(when(again, gave(4, 6_000))).toMatchObject({ kind: "refused" });
    expect(given(...again, ...eventsOf(when(again, gave(6, 6_000)))).kind).toBe("refunded");
  });

  test("when a refund that failed was paid back another way, then the order owes nothing", () => {
    const state = after(back("w", 3), failed(4), resolve("r", "w", "otherwise"));
    expect(state.kind).toBe("refunded");
    expect(refundedMinor(state)).toBe(0);
    expect(when(run(back("w", 3)), resolve("r", "w", "again"))).toMatchObject(
      events({ kind: "wish_refused", why: "not_failed" }),
    );
  });

  test("when that it failed is told again once it was paid back another way, then it stays so", () => {
    const settled = run(back("w", 3), failed(4), resolve("r", "w", "otherwise"));
    expect(when(settled, failed(4))).toEqual(events());
    const sentBack = run(back("w", 3), gave(4, 6_000), failed(4), resolve("r", "w", "otherwise"));
    expect(when(sentBack, failed(4))).toEqual(events());
  });

  test("when what came late is sent back, then it fails anew, under an id of its own; what is told of before is nothing", () => {
    const refusedFirst: Command = { kind: "take_refund_failed", attempt: 4, why: "refused" };
    const late = run(back("w", 3), refusedFirst, resolve("r", "w", "otherwise"), gave(4, 6_000));
    expect(late.at(-1)).toMatchObject({ id: "refunded:4:late" });
    expect(when(late, refusedFirst)).toEqual(events());
    const sentBack = [...late, ...eventsOf(when(late, failed(4)))];
    expect(sentBack.at(-1)).toMatchObject({ kind: "refund_failed", id: "refund_failed:4:late" });
    expect(given(...sentBack).refunds).toMatchObject([{ state: "failed", givenMinor: 0 }]);
    const again = [...sentBack, ...eventsOf(when(sentBack, resolve("q", "w", "otherwise")))];
    for (const report of [gave(4, 6_000), failed(4)]) expect(when(again, report)).toEqual(events());
  });

  test("when a bank sends money back weeks later, then it is refunded no more", () => {
    const state = after(back("w", 3), gave(4, 6_000), failed(4));
    expect(state.kind).toBe("returned");
    expect(refundedMinor(state)).toBe(0);
  });

  test("when it was given although something else had counted for it, then both are known, and once", () => {
    const covered = run(back("w", 1), outside("re_x", 2_000), gave(4, 0, 2_000));
    expect(refundedMinor(given(...covered))).toBe(2_000);
    const late = when(covered, gave(4, 2_000));
    expect(late).toMatchObject(events({ kind: "refunded", id: "refunded:4:late", givenMinor: 2_000 }));
    const state = given(...covered, ...eventsOf(late));
    expect(state.refunds).toMatchObject([{ state: "refunded", givenMinor: 2_000, coveredMinor: 0 }]);
    expect(refundedMinor(state)).toBe(4_000);
    for (const again of [gave(4, 2_000), gave(4, 0, 2_000)])
      expect(when([...covered, ...eventsOf(late)], again)).toEqual(events());
  });

  test("when money went back at the provider's own console, then no unit moves", () => {
    const state = after(outside("re_x", 2_000));
    expect(state).toMatchObject({ kind: "confirmed", unitsLeft: 3 });
    expect(refundedMinor(state)).toBe(2_000);
  });

  test("more than was taken is never told", () => {
    expect(when(run(outside("re_x", 6_000)), outside("re_y", 1))).toMatchObject({ kind: "refused" });
  });
});

test("before its money is taken nothing can be given back, and the wish waits", () => {
  const placed = stateFrom(heldState(3), confirmed.slice(0, 2));
  expect(decide(money("m", 1), placed)).toEqual({ kind: "refused", why: "not_decided" });
  expect(decide(outside("re_x", 1), placed)).toMatchObject({ kind: "refused" });
});

const eventsOf = (decision: ReturnType<typeof decide>) => (decision.kind === "events" ? decision.events : []);

test("whatever is asked for and told, in whichever order: never is more granted or given than was taken", () => {
  const commands = fc.oneof(
    fc.tuple(fc.constantFrom("u1", "u2"), fc.integer({ min: 1, max: 3 })).map(([id, n]) => back(id, n)),
    fc.tuple(fc.constantFrom("m1", "m2"), fc.integer({ min: 1, max: 7_000 })).map(([id, n]) => money(id, n)),
    fc
      .tuple(fc.constantFrom("r1", "r2"), fc.constantFrom("u1", "m1"), fc.constantFrom("again", "otherwise"))
      .map(([id, of, how]) => resolve(id, of, how as "again")),
    fc
      .tuple(fc.integer({ min: 4, max: 9 }), fc.integer({ min: 0, max: 7_000 }))
      .map(([at, n]) => gave(at, n)),
    fc.integer({ min: 4, max: 9 }).map(failed),
    fc
      .tuple(fc.constantFrom("re_x", "re_y"), fc.integer({ min: 1, max: 7_000 }))
      .map(([id, n]) => outside(id, n)),
  );
  fc.assert(
    fc.property(fc.array(commands, { maxLength: 14 }), (all) => {
      const history = run(...all);
      // PostgreSQL takes each id once.
      expect(new Set(history.map(({ id }) => id)).size).toBe(history.length);
      const state = given(...history);
      expect(grantedMinor(state)).toBeLessThanOrEqual(payment.amountMinor);
      expect(refundedMinor(state)).toBeLessThanOrEqual(payment.amountMinor);
      if (state.kind === "refunded") expect([state.unitsLeft, dueMinor(state)]).toEqual([0, 0]);
      if (state.unitsLeft > 0) expect(state.kind).toBe("confirmed");
    }),
    { numRuns: 1_000 },
  );
});
