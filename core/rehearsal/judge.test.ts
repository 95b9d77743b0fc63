import { describe, expect, test } from "vitest";
import type { CrowdAnswer } from "../contract/rehearsal.ts";
import type { BuyerId, OrderId } from "../ids.ts";
import type { Facts } from "../reconciliation/facts.ts";
import { reconcile } from "../reconciliation/reconcile.ts";
import type { SaleEntry } from "../reservation/ledger.ts";
import { asksAgain, planCrowd, readAnswer } from "./crowd.ts";
import { judge, notJudged, type Rehearsed, type Traces } from "./judge.ts";
import { mayTake } from "./next-step.ts";

const order = (n: number) => ({ orderId: `ord_${n}` as OrderId, buyerId: `byr_${n}` as BuyerId });
const numbers = [1, 2];

const answer = (n: number, kind: string): CrowdAnswer => ({
  buyerId: order(n).buyerId,
  kind,
  orderId: kind === "accepted" ? order(n).orderId : null,
});

function facts(change: Partial<Facts> = {}): Facts {
  return {
    orders: numbers.map((n) => ({
      ...order(n),
      state: "confirmed",
      quantity: 1,
      unitsLeft: 1,
      unitsWithheld: 0,
      requestId: "r",
      capturedMinor: 0,
      refundedMinor: 0,
    })),
    refunds: [],
    soldInOrders: 2,
    servedEpoch: 1,
    ledger: numbers.map(
      (n) =>
        ({
          reservation: { ...order(n), quantity: 1, requestId: "r", reservedAtMs: 0 },
          state: { kind: "confirmed", unitsLeft: 1, unitsWithheld: 0 },
          countedEpoch: 1,
        }) as unknown as SaleEntry,
    ),
    gateOrders: numbers.map((n) => ({ ...order(n), unitsLeft: 1, unitsWithheld: 0 }) as never),
    outbox: [],
    stock: { allocated: 2, available: 0, held: 0, sold: 2, withheld: 0 },
    queue: { waiting: 0, inFlight: 0 },
    deadLetters: 0,
    nowMs: 0,
    ...change,
  };
}

const noTraces = { recoveries: 0, paused: 0, resumed: 0, replays: 0 };

function verdictOf(change: Partial<Rehearsed> = {}) {
  const known = change.facts ?? facts();
  return judge({
    buyers: 3,
    units: 2,
    fault: "none",
    answers: [answer(1, "accepted"), answer(2, "accepted"), answer(3, "sold_out")],
    crowdMs: 10,
    facts: known,
    report: reconcile(known),
    traces: noTraces,
    faultFailed: null,
    entries: null,
    paid: null,
    ...change,
  });
}
/** Of a line: in which step its orders were made. */
const made = (step?: number) => {
  const known = facts();
  const ledger = known.ledger.map((entry) => ({ ...entry, reservation: { ...entry.reservation, step } }));
  return { ...known, ledger } as Facts;
};
const answersWith = (kind: string) => [answer(1, "accepted"), answer(2, "accepted"), answer(3, kind)];
const broken = (change: Partial<Rehearsed>) =>
  verdictOf(change)
    .laws.filter(({ holds }) => !holds)
    .map(({ law }) => law);

const traced = (fault: Rehearsed["fault"], change: Partial<Traces>) =>
  broken({ fault, traces: { ...noTraces, ...change } });

describe("a rehearsal is judged by exact counts", () => {
  test("everybody was answered, each order is everywhere: go", () => {
    expect(verdictOf()).toMatchObject({ isGo: true, answers: { accepted: 2, sold_out: 1 } });
  });

  test("an order that somebody was told of and that no row has", () => {
    const answers = [answer(1, "accepted"), answer(4, "accepted"), answer(3, "sold_out")];
    expect(broken({ answers })).toContain("the same by id");
  });

  test("a row that nobody was told of", () => {
    const answers = [answer(1, "accepted"), answer(2, "sold_out"), answer(3, "sold_out")];
    expect(broken({ answers })).toContain("orders that people were told of = order rows");
  });

  test("one who never heard for certain, one who never heard at all", () => {
    const unsure = [answer(1, "accepted"), answer(2, "accepted"), answer(3, "recovering")];
    expect(broken({ answers: unsure })).toEqual(["people who do not know where they stand = 0"]);
    expect(broken({ answers: unsure.slice(0, 2) })).toEqual(["people who came = people who were answered"]);
  });

  test("sold out was said while a unit was left", () => {
    const undersold = facts({
      orders: facts().orders.slice(0, 1),
      ledger: facts().ledger.slice(0, 1),
      gateOrders: facts().gateOrders.slice(0, 1),
      soldInOrders: 1,
      stock: { allocated: 2, available: 1, held: 0, sold: 1, withheld: 0 },
    });
    const answers = [answer(1, "accepted"), answer(2, "sold_out"), answer(3, "sold_out")];
    expect(broken({ facts: undersold, report: reconcile(undersold), answers })).toEqual([
      "units sold = the smaller of units and people",
      "people told sold out while a unit was left = 0",
    ]);
  });

  test("the stores disagree with each other", () => {
    const lost = facts({ gateOrders: facts().gateOrders.slice(0, 1) });
    expect(broken({ facts: lost, report: reconcile(lost) })).toContain("differences between the stores = 0");
  });

  describe("a fault must have left its trace", () => {
    test("a Redis that was to be lost, and was not", () => {
      expect(traced("redis_loss", {})).toEqual(["recoveries of the gate ≥ 1"]);
      expect(traced("redis_loss", { recoveries: 1 })).toEqual([]);
    });

    test("a pause that never came, and one that was never taken back", () => {
      expect(traced("pause", {})).toEqual(["pauses of the sale in the audit log ≥ 1"]);
      expect(traced("pause", { paused: 1 })).toEqual(["pauses of the sale = resumptions"]);
      expect(traced("pause", { paused: 1, resumed: 1 })).toEqual([]);
    });

    test("purchases of which the second never came to the gate", () => {
      expect(traced("sent_twice", { replays: 1 })).toEqual(["repeats that the gate knew by their key ≥ 2"]);
      expect(traced("sent_twice", { replays: 2 })).toEqual([]);
    });

    test("an answer with an order that was lost, and not asked for again", () => {
      const lost = { ...answer(1, "accepted"), isOrderLost: true };
      const answers = [lost, answer(2, "accepted"), answer(3, "sold_out")];
      expect(broken({ fault: "answers_lost", answers })).toEqual([
        "repeats that the gate knew by their key ≥ 1",
      ]);
      expect(broken({ fault: "answers_lost", answers, traces: { ...noTraces, replays: 1 } })).toEqual([]);
    });

    test("one that could not be made is no go, and says why", () => {
      expect(broken({ fault: "pause", faultFailed: "answered 503: busy" })).toEqual([
        "the fault could not be made: answered 503: busy",
      ]);
    });
  });

  describe("with a line", () => {
    const line = {
      entries: 3,
      answers: [answer(1, "accepted"), answer(2, "accepted"), answer(3, "no_turn")],
    };
    test("everybody has an entry, everybody who bought had a turn: go", () => {
      expect(verdictOf({ ...line, facts: made(1) })).toMatchObject({ isGo: true });
    });

    test("an entry that is lost, an order without a turn, no turn while a unit was left", () => {
      expect(broken({ ...line, facts: made(1), entries: 2 })).toEqual([
        "people who joined = entries of the line",
      ]);
      expect(broken({ ...line, facts: made() })).toEqual([
        "orders that people were told of = orders made in a turn",
      ]);
      expect(broken({ ...line, facts: made(1), units: 3 })).toContain(
        "people told sold out while a unit was left = 0",
      );
    });

    test("one who waited in vain, one who never got in", () => {
      expect(broken({ facts: made(1), entries: 3, answers: answersWith("not_told") })).toEqual([
        "people who do not know where they stand = 0",
      ]);
      expect(broken({ facts: made(1), entries: 2, answers: answersWith("not_joined") })).toEqual([
        "people who do not know where they stand = 0",
      ]);
    });
  });

  test("a crowd that did not run to its end is no go, and says why", () => {
    expect(notJudged("it was interrupted")).toMatchObject({ isGo: false, notJudged: "it was interrupted" });
  });
});

test("a step that comes twice changes nothing; nothing is removed before it is judged", () => {
  expect(mayTake("waiting", "begin")).toBe("now");
  for (const state of ["selling", "purging", "done"] as const) expect(mayTake(state, "begin")).toBe("taken");
  for (const state of ["waiting", "selling"] as const) expect(mayTake(state, "purge")).toBe("too_early");
  expect(mayTake("purging", "judge")).toBe("taken");
  expect(mayTake("done", "purge")).toBe("taken");
});

describe("a crowd", () => {
  test("breaks something in its midst, before the last unit", () => {
    expect(planCrowd("redis_loss", 60, 20).breaksAfter).toBe(10);
    expect(planCrowd("pause", 1, 1).breaksAfter).toBe(1);
    expect(planCrowd("sent_twice", 60, 20)).toMatchObject({ breaksAfter: null, copies: 2 });
  });

  test("loses a third of the first answers, and no answer to a second try", () => {
    const { isLost } = planCrowd("answers_lost", 60, 20);
    expect(Array.from({ length: 60 }, (_, n) => isLost(n, 0)).filter(Boolean)).toHaveLength(20);
    expect(isLost(0, 1)).toBe(false);
  });

  test("asks again until it knows; what is no answer of the API is none", () => {
    expect(readAnswer(202, { outcome: "accepted", orderId: "ord_1", state: "accepted" })).toEqual({
      kind: "accepted",
      orderId: "ord_1",
    });
    expect(readAnswer(409, { kind: "sold_out" })).toEqual({ kind: "sold_out", orderId: null });
    expect(readAnswer(502, null)).toEqual({ kind: "unreadable", orderId: null });
    expect(readAnswer(429, null)).toEqual({ kind: "rate_limited", orderId: null });
    expect(["recovering", "outcome_unknown", "unreadable", "no_answer"].every(asksAgain)).toBe(true);
    expect(["accepted", "sold_out", "already_bought"].some(asksAgain)).toBe(false);
  });
});
