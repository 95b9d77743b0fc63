import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Command,
  decide,
  heldState,
  type Payment,
  type ReservationEvent,
  reservedState,
  stateFrom,
} from "./lifecycle.ts";

const payment: Payment = { paymentId: "pi_1", amountMinor: 25_800, currency: "EUR" };
const second: Payment = { ...payment, paymentId: "pi_2" };
const authorised = { kind: "authorised", id: "authorise:pi_1", number: 1, ...payment } as const;
const placed = { kind: "placed", id: "place", number: 2 } as const;
const confirmed = { kind: "confirmed", id: "confirm", number: 3 } as const;
const failed = { kind: "failed", id: "fail", number: 3, why: "capture_refused" } as const;
const expired = { kind: "expired", id: "expire", number: 1 } as const;
const cancelled = { kind: "cancelled", id: "cancel", number: 1, actorId: "byr_1" } as const;
const rejected = { kind: "rejected", id: "reject", number: 1, reason: "stale_epoch" } as const;

const authorise: Command = { kind: "authorise", payment };
const cancel: Command = { kind: "cancel", actorId: "byr_1" };
const reject: Command = { kind: "reject", reason: "stale_epoch" };
const fail: Command = { kind: "fail", why: "capture_refused" };
const wish = { wishId: "wish-1", units: 1, isWithheld: false, reason: "damaged", actorId: "byr_2" };

/** Given a hold of two units and what became of it, when something is asked for. */
const when = (history: readonly ReservationEvent[], command: Command) => decide(command, given(history));
const given = (history: readonly ReservationEvent[]) => stateFrom(heldState(2), history);
const events = (...all: ReservationEvent[]) => ({ kind: "events", events: all });
const refused = (why: string) => ({ kind: "refused", why });

describe("given a hold that nobody has decided on", () => {
  test("when it is paid, then it is authorised, keeps its units, and says which payment it was", () => {
    expect(when([], authorise)).toEqual(events(authorised));
    expect(given([authorised])).toMatchObject({ kind: "authorised", unitsLeft: 2, payment });
  });

  test.each([
    [{ kind: "expire" }, expired],
    [cancel, cancelled],
    [reject, rejected],
  ] as const)("when it is to %o, then it ends without units", (command, event) => {
    expect(when([], command)).toEqual(events(event));
    expect(given([event])).toMatchObject({ kind: event.kind, unitsLeft: 0 });
  });

  test("when it is placed, confirmed or failed, then not yet: nothing was paid", () => {
    for (const command of [{ kind: "place" }, { kind: "confirm" }, fail] as const)
      expect(when([], command)).toEqual(refused("not_decided"));
  });

  test("when units are to come back, then the wish waits", () => {
    for (const history of [[], [authorised], [authorised, placed]])
      expect(when(history, { kind: "return", wish })).toEqual(refused("not_decided"));
  });
});

describe("given a hold that ended", () => {
  test.each([[expired], [cancelled], [rejected]])("%o: money that comes late is refused", (event) => {
    for (const command of [authorise, { kind: "place" }, { kind: "confirm" }, fail] as const)
      expect(when([event], command)).toEqual(refused("already_decided"));
  });

  test("when it is asked to end as it did, then nothing happens; another end is refused", () => {
    expect(when([expired], { kind: "expire" })).toEqual(events());
    expect(when([cancelled], cancel)).toEqual(events());
    expect(when([expired], cancel)).toEqual(refused("already_decided"));
    expect(when([cancelled], { kind: "expire" })).toEqual(refused("already_decided"));
  });
});

describe("given a payment that was authorised", () => {
  test("when the same one comes again, at any time, then nothing happens; a second one is refused", () => {
    for (const history of [[authorised], [authorised, placed], [authorised, placed, confirmed]]) {
      expect(when(history, authorise)).toEqual(events());
      expect(when(history, { kind: "authorise", payment: second })).toEqual(refused("already_decided"));
    }
  });

  test("when its time is over, or the buyer cancels, then it is too late", () => {
    expect(when([authorised], { kind: "expire" })).toEqual(refused("already_decided"));
    expect(when([authorised], cancel)).toEqual(refused("already_decided"));
  });

  test("when a law of the records refuses it, then it is rejected, and never placed", () => {
    const event = { ...rejected, number: 2 };
    expect(when([authorised], reject)).toEqual(events(event));
    expect(given([authorised, event])).toMatchObject({ kind: "rejected", unitsLeft: 0, payment });
    expect(when([authorised, event], { kind: "place" })).toEqual(refused("already_decided"));
  });

  test("placed first, then confirmed: no money is taken for what has no row", () => {
    expect(when([authorised], { kind: "confirm" })).toEqual(refused("not_decided"));
    expect(when([authorised], { kind: "place" })).toEqual(events(placed));
    expect(when([authorised, placed], { kind: "confirm" })).toEqual(events(confirmed));
    expect(given([authorised, placed, confirmed])).toMatchObject({ kind: "confirmed", unitsLeft: 2 });
  });

  test("placed, and its money never comes: failed, without units; money that comes after all is refused", () => {
    expect(when([authorised, placed], fail)).toEqual(events(failed));
    expect(given([authorised, placed, failed])).toMatchObject({ kind: "failed", unitsLeft: 0 });
    expect(when([authorised, placed, failed], { kind: "confirm" })).toEqual(refused("already_decided"));
    expect(when([authorised, placed, confirmed], fail)).toEqual(refused("already_decided"));
  });
});

test("a free reservation has none of these steps, and a paid one is not confirmed without them", () => {
  const free = reservedState(2);
  for (const command of [authorise, { kind: "place" }, fail, { kind: "expire" }, cancel] as const)
    expect(decide(command, free)).toEqual(refused("not_offered"));
  expect(() => stateFrom(heldState(1), [{ ...confirmed, number: 1 }])).toThrow(
    "what is held cannot be confirmed",
  );
  expect(() => stateFrom(free, [expired])).toThrow("what is reserved cannot be expired");
});

/** What is on record after all of them, and the payments that were told to be given up. */
function run(asked: readonly { readonly command: Command; readonly seen: number }[]) {
  const history: ReservationEvent[] = [];
  const givenUp: string[] = [];
  for (const { command, seen } of asked) {
    const isFirst = history.length === 0 || seen === 0;
    const decision = decide(command, given(isFirst ? [] : history));
    const [event] = decision.kind === "events" ? decision.events : [];
    if (event?.number === history.length + 1) history.push(event);
    if (command.kind !== "authorise") continue;
    const { payment: taken } = given(history);
    if (taken?.paymentId !== command.payment.paymentId) givenUp.push(command.payment.paymentId);
  }
  return { history, givenUp };
}

/**
 * Several who decide at once, each on a state as old as they please. The ledger takes event 1 once; what is later,
 * PostgreSQL decides on the state as it is.
 */
describe("whoever comes late, twice, or in whichever order", () => {
  const commands: readonly Command[] = [
    authorise,
    { kind: "authorise", payment: second },
    { kind: "expire" },
    cancel,
    reject,
    { kind: "place" },
    { kind: "confirm" },
    fail,
    { kind: "return", wish },
    { kind: "return", wish: { ...wish, wishId: "wish-2", units: 2 } },
  ];
  const steps = fc.array(fc.record({ command: fc.constantFrom(...commands), seen: fc.nat(6) }), {
    maxLength: 14,
  });

  test("each state is left once, money follows units, and nothing is both given up and taken", () => {
    fc.assert(
      fc.property(steps, (asked) => {
        const { history, givenUp } = run(asked);
        const kinds: string[] = history.map(({ kind }) => kind);
        const ends = kinds.filter((kind) => ["authorised", "expired", "cancelled"].includes(kind));
        expect(ends.length).toBeLessThanOrEqual(1);
        for (const kind of ["placed", "confirmed", "failed", "rejected"])
          expect(kinds.filter((known) => known === kind).length).toBeLessThanOrEqual(1);
        const at = (kind: string) => kinds.indexOf(kind);
        if (at("confirmed") >= 0)
          expect([at("authorised"), at("placed"), at("confirmed")]).toEqual([0, 1, 2]);
        if (at("failed") >= 0) expect(at("confirmed")).toBe(-1);
        const state = given(history);
        expect(state.unitsLeft > 0).toBe(["held", "authorised", "placed", "confirmed"].includes(state.kind));
        if (state.payment) expect(givenUp).not.toContain(state.payment.paymentId);
      }),
      { numRuns: 2_000 },
    );
  });

  test("what was decided stays decided, whatever is asked for after it", () => {
    fc.assert(
      fc.property(steps, steps, (before, after) => {
        const { history } = run(before);
        expect(run([...before, ...after]).history.slice(0, history.length)).toEqual(history);
      }),
    );
  });
});
