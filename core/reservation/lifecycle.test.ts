import { describe, expect, test } from "vitest";
import {
  type Command,
  decide,
  evolve,
  type ReservationEvent,
  type ReservationState,
  reservedState,
  type ReturnWish,
  stateAfter,
} from "./lifecycle.ts";

const confirmed = { kind: "confirmed", id: "confirm", number: 1 } as const;
const rejected = { kind: "rejected", id: "reject", number: 1, reason: "beyond_allocation" } as const;
const wish = (fields: Partial<ReturnWish> = {}): ReturnWish => ({
  wishId: "wish-1",
  units: 1,
  isWithheld: false,
  reason: "damaged",
  actorId: "byr_1",
  ...fields,
});
const returned = (number: number, fields: Partial<ReturnWish> = {}): ReservationEvent => {
  const { wishId: id, ...rest } = wish(fields);
  return { kind: "returned", id, number, ...rest };
};

/** Given a reservation of three units and what became of it, when something is asked for. */
const when = (history: readonly ReservationEvent[], command: Command) =>
  decide(command, stateAfter(3, history));
const events = (...all: ReservationEvent[]) => ({ kind: "events", events: all });

describe("given a reservation that nobody has decided on", () => {
  test("when it is confirmed, then it is, with all its units", () => {
    expect(when([], { kind: "confirm" })).toEqual(events(confirmed));
    expect(stateAfter(3, [confirmed])).toMatchObject({ kind: "confirmed", unitsLeft: 3, number: 1 });
  });

  test("when it is rejected, then it has a reason and no units", () => {
    expect(when([], { kind: "reject", reason: "beyond_allocation" })).toEqual(events(rejected));
    expect(stateAfter(3, [rejected])).toMatchObject({
      kind: "rejected",
      reason: "beyond_allocation",
      unitsLeft: 0,
    });
  });

  test("when units are to come back, then the wish waits: it is decided after the order", () => {
    expect(when([], { kind: "return", wish: wish() })).toEqual({ kind: "refused", why: "not_decided" });
  });
});

describe("given a confirmed order", () => {
  test("when it is confirmed again, then nothing happens; it is never rejected", () => {
    expect(when([confirmed], { kind: "confirm" })).toEqual(events());
    expect(when([confirmed], { kind: "reject", reason: "stale_epoch" })).toEqual({
      kind: "refused",
      why: "already_decided",
    });
  });

  test("when some units come back, then it stands with the rest, and says how many were withheld", () => {
    const command = { kind: "return", wish: wish({ units: 2, isWithheld: true }) } as const;
    const event = returned(2, { units: 2, isWithheld: true });
    expect(when([confirmed], command)).toEqual(events(event));
    expect(stateAfter(3, [confirmed, event])).toMatchObject({
      kind: "confirmed",
      unitsLeft: 1,
      unitsWithheld: 2,
    });
  });

  test("when the last units come back, then it is returned", () => {
    const history = [confirmed, returned(2, { units: 2 }), returned(3, { wishId: "wish-2" })];
    expect(stateAfter(3, history)).toMatchObject({ kind: "returned", unitsLeft: 0, unitsWithheld: 0 });
  });

  test("when a wish comes again, then nothing happens, even where units would be left for it", () => {
    expect(when([confirmed, returned(2)], { kind: "return", wish: wish() })).toEqual(events());
  });

  test("when more units are to come back than are left, then the wish is refused, on record, and once", () => {
    const command = { kind: "return", wish: wish({ units: 4 }) } as const;
    const refusal = {
      kind: "wish_refused",
      id: "wish-1",
      number: 2,
      why: "too_many_units",
      actorId: "byr_1",
    } as const;
    expect(when([confirmed], command)).toEqual(events(refusal));
    expect(stateAfter(3, [confirmed, refusal])).toMatchObject({ kind: "confirmed", unitsLeft: 3, number: 2 });
    expect(when([confirmed, refusal], command)).toEqual(events());
  });
});

describe("given an order that ended", () => {
  test("rejected: it stays so, and a wish about it is refused on record", () => {
    expect(when([rejected], { kind: "reject", reason: "stale_epoch" })).toEqual(events());
    expect(when([rejected], { kind: "confirm" })).toEqual({ kind: "refused", why: "already_decided" });
    expect(when([rejected], { kind: "return", wish: wish() })).toMatchObject({
      events: [{ kind: "wish_refused", why: "not_confirmed", number: 2 }],
    });
  });

  test("returned: a confirmation that comes late changes nothing", () => {
    const history = [confirmed, returned(2, { units: 3 })];
    expect(when(history, { kind: "confirm" })).toEqual(events());
    expect(when(history, { kind: "return", wish: wish({ wishId: "wish-2" }) })).toMatchObject({
      events: [{ kind: "wish_refused", why: "too_many_units" }],
    });
  });
});

test("of a free order no money can be given back, whatever its state", () => {
  const refund = {
    kind: "refund",
    wish: { wishId: "w", amountMinor: 1, reason: "late", actorId: "byr_2" },
  } as const;
  expect(when([], refund)).toEqual({ kind: "refused", why: "not_decided" });
  for (const history of [[confirmed], [rejected], [confirmed, returned(2, { units: 3 })]])
    expect(when(history, refund)).toMatchObject({ events: [{ kind: "wish_refused", why: "nothing_paid" }] });
});

describe("a state follows from its events", () => {
  test("in whichever order and however often they are read", () => {
    const history = [confirmed, returned(2), returned(3, { wishId: "wish-2" })];
    const state = stateAfter(3, history);
    expect(stateAfter(3, [...history.toReversed(), ...history])).toEqual(state);
  });

  test("and from those alone that follow it", () => {
    const state: ReservationState = reservedState(3);
    expect(() => evolve(state, returned(2))).toThrow("event 2 does not follow event 0");
    expect(() => stateAfter(1, [confirmed, returned(2, { units: 2 })])).toThrow("2 units came back of 1");
  });
});
