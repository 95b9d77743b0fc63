import { describe, expect, it } from "vitest";
import type { BuyerId, JoinAnswer, LineView, SaleId } from "../api/contract.ts";
import { aheadOf, hasGrown, waitFor } from "./estimate.ts";
import { notJoining } from "./joining.ts";
import { isWorthAsking, type LineKnowledge, type OwnEntry, placeOf } from "./place.ts";
import { rankOf } from "./rank.ts";

const STARTS_MS = Date.parse("2026-11-27T09:00:00.000Z");
const iso = (ms: number) => new Date(ms).toISOString();
const hash = (digit: string) => digit.repeat(64);
const saleId = "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as SaleId;

const list = (number: number, more: Partial<LineView["lists"][number]> = {}) => ({
  list: number,
  closedAt: iso(STARTS_MS - 120_000),
  lane0: 100,
  lane1: 0,
  root: hash("a"),
  round: 7,
  roundAt: iso(STARTS_MS - 30_000),
  isLate: false,
  key: hash("b"),
  signature: "c",
  ...more,
});
const line = (more: Partial<LineView> = {}): LineView => ({
  saleId,
  mode: "waiting_room",
  phase: "moving",
  startsAt: iso(STARTS_MS),
  closesAt: iso(STARTS_MS - 120_000),
  resultAt: null,
  listSeconds: 30,
  turnSeconds: 300,
  purchaseLimit: 1,
  openList: 1,
  isClosed: false,
  lists: [list(0)],
  entriesBefore: 0,
  upTo: rankOf(0, 0, hash("2")),
  lapsedUpTo: rankOf(0, 0, hash("1")),
  steps: 3,
  hasAllWinners: false,
  holdsFrom: iso(STARTS_MS + 3_000),
  admitted: 13,
  inside: 5,
  stock: { available: 20, held: 0 },
  pace: { admissionsPerSecond: 10, mostInside: 50, isPaused: false, message: "" },
  end: null,
  log: { lines: 9, hash: hash("d") },
  chain: { hash: hash("e"), isRehearsal: false },
  serverTime: iso(STARTS_MS),
  pollAfterMs: 1_000,
  ...more,
});
const buyerId = "byr_01J9ZQ4Z6XWT9YV3W3V9K8M2QD" as BuyerId;
const receipt = {
  saleId,
  list: 0,
  lane: 0,
  quantity: 1,
  buyerId,
  salt: "0".repeat(32),
  leaf: hash("f"),
} as const;
const answer: JoinAnswer = { receipt, ticket: "ticket" };
const entry = (more: Partial<OwnEntry> = {}): OwnEntry => ({
  ...answer,
  rank: null,
  standing: null,
  ...more,
});
const withLot = (digit: string) => entry({ rank: rankOf(0, 0, hash(digit)) });
const heardAs = (state: NonNullable<OwnEntry["standing"]>["state"]) => ({
  standing: { state, turn: null, isUndone: false },
});
const know = (more: Partial<LineKnowledge> = {}): LineKnowledge => ({
  view: line(),
  isUnreachable: false,
  entry: null,
  joining: notJoining,
  nowMs: STARTS_MS + 10_000,
  ...more,
});

describe("whoever has no entry", () => {
  it("joins the list that is open", () => expect(placeOf(know())).toEqual({ kind: "join", list: 1 }));
  it("comes too late once nobody joins any more", () =>
    expect(placeOf(know({ view: line({ openList: null }) })).kind).toBe("closed"));
  it("is not told to join while it is not known whether they have", () =>
    expect(placeOf(know({ entry: "unknown" })).kind).toBe("loading"));
  it("is told when the line has ended", () =>
    expect(placeOf(know({ view: line({ end: "sold_out" }) }))).toMatchObject({
      kind: "over",
      fate: null,
    }));
});

describe("whoever joins", () => {
  const asking = { kind: "asking", quantity: 1, challenges: 1 } as const;
  const offered = { kind: "offered", quantity: 1, why: "unable" } as const;

  it("is told of the check, and that the slower lane is offered", () => {
    expect(placeOf(know({ joining: asking }))).toEqual({ kind: "challenge", progress: 0 });
    expect(placeOf(know({ joining: offered }))).toEqual({ kind: "slower", why: "unable" });
  });
  it("is not kept at a check for a line that has ended, or that nobody joins any more", () => {
    expect(placeOf(know({ joining: asking, view: line({ end: "ended" }) })).kind).toBe("over");
    expect(placeOf(know({ joining: offered, view: line({ openList: null }) })).kind).toBe("closed");
  });
});

describe("whoever has joined", () => {
  it("has no place before the lots", () =>
    expect(placeOf(know({ entry: entry() }))).toMatchObject({ kind: "joined", isLate: false }));
  it("is told that the beacon is late", () => {
    const late = line({ lists: [list(0, { key: null, isLate: true })] });
    expect(placeOf(know({ view: late, entry: entry() }))).toMatchObject({ kind: "joined", isLate: true });
  });
  it("waits behind the line", () =>
    expect(placeOf(know({ entry: withLot("8") }))).toMatchObject({ kind: "waiting", wait: { why: "pace" } }));
  it("has the turn in between, from when the step holds", () =>
    expect(placeOf(know({ entry: withLot("2") }))).toEqual({
      kind: "turn",
      fromMs: STARTS_MS + 3_000,
      toMs: null,
    }));
  it("has it until when the server says", () => {
    const standing = {
      state: "turn",
      turn: { from: iso(STARTS_MS), to: iso(STARTS_MS + 300_000) },
      isUndone: false,
    } as const;
    const mine = { ...withLot("2"), standing };
    expect(placeOf(know({ entry: mine }))).toMatchObject({ toMs: STARTS_MS + 300_000 });
    const held = { ...mine, standing: { ...standing, turn: { ...standing.turn, to: null } } };
    expect(placeOf(know({ entry: held }))).toMatchObject({ kind: "turn", toMs: null });
  });
  it("may join the next list once the turn has lapsed", () =>
    expect(placeOf(know({ entry: withLot("0") }))).toEqual({ kind: "lapsed", mayJoin: true }));
  it("is told that everything is sold", () =>
    expect(placeOf(know({ view: line({ end: "sold_out" }), entry: withLot("8") }))).toEqual({
      kind: "over",
      reason: "sold_out",
      fate: "never_came",
    }));
});

describe("when the line has ended", () => {
  const over = { end: "sold_out", openList: null } as const;
  const fateOf = (mine: OwnEntry, more: Partial<LineView> = {}) => {
    const place = placeOf(know({ view: line({ ...over, ...more }), entry: mine }));
    return place.kind === "over" && place.fate;
  };
  it("whoever had a turn is told no other had it before, whether it lapsed or the others were faster", () =>
    expect([fateOf(withLot("1")), fateOf(withLot("2"))]).toEqual(["had_turn", "had_turn"]));
  it("so is a draw's winner, and whoever was passed over is not", () => {
    const draw = { mode: "draw" } as const;
    const turn = { from: iso(STARTS_MS), to: iso(STARTS_MS + 300_000) };
    expect(fateOf({ ...withLot("1"), ...heardAs("lapsed") }, draw)).toBe("had_turn");
    expect(fateOf({ ...withLot("1"), standing: { state: "turn", turn, isUndone: false } }, draw)).toBe(
      "had_turn",
    );
    expect(fateOf({ ...withLot("1"), ...heardAs("over") }, draw)).toBe("never_came");
    expect(fateOf(withLot("8"), draw)).toBe("never_came");
  });
  it("nothing is said of a draw's entry on a guess, and the server is asked", () => {
    const draw = line({ ...over, mode: "draw" });
    expect(fateOf(withLot("1"), draw)).toBeNull();
    expect(isWorthAsking(draw, withLot("1"))).toBe(true);
    const told = { ...withLot("1"), ...heardAs("over") };
    expect([isWorthAsking(draw, told), isWorthAsking({ ...draw, end: null }, told)]).toEqual([false, true]);
  });
  it("whoever left is told that they did", () =>
    expect(fateOf({ ...withLot("8"), ...heardAs("withdrawn") })).toBe("withdrawn"));
  it("an entry without a lot never came", () => expect(fateOf(entry())).toBe("never_came"));
});

describe("in a draw", () => {
  const draw = line({ mode: "draw", openList: null });
  it("the server says who was passed over", () => {
    const mine = {
      ...withLot("2"),
      standing: { state: "passed_over", turn: null, isUndone: false } as const,
    };
    expect(placeOf(know({ view: draw, entry: mine })).kind).toBe("passed_over");
    expect(isWorthAsking(draw, mine)).toBe(true);
  });
  const place = (steps: number, hasAllWinners: boolean) =>
    placeOf(know({ view: line({ ...draw, steps, hasAllWinners }), entry: withLot("8") })).kind;
  it("whoever is drawn waits for the opening; who stands behind the winners is not selected, once all of them have their steps", () => {
    expect([place(0, false), place(1, false), place(2, true)]).toEqual(["drawn", "drawn", "passed_over"]);
  });
  it("nothing is said on a guess", () =>
    expect(placeOf(know({ view: draw, entry: withLot("1") })).kind).toBe("loading"));
});

describe("asking the server", () => {
  it("is not needed while the line has not come to the entry", () =>
    expect(isWorthAsking(line(), withLot("8"))).toBe(false));
  it("is, once, when it has", () => expect(isWorthAsking(line(), withLot("2"))).toBe(true));
});

describe("how many are ahead", () => {
  it("is a range about the share of the list", () => {
    const ahead = aheadOf(line({ upTo: "" }), rankOf(0, 0, hash("8")));
    expect(ahead).toEqual({ about: 53, least: 43, most: 64 });
  });
  it("counts lane 0 whole for who is in lane 1, and lists before", () => {
    const lists = [list(0, { lane1: 10 }), list(1)];
    expect(aheadOf(line({ lists, upTo: "" }), rankOf(0, 1, "0".repeat(64))).about).toBe(100);
    expect(aheadOf(line({ lists, upTo: "" }), rankOf(1, 0, "0".repeat(64)))).toEqual({
      about: 110,
      least: 110,
      most: 110,
    });
  });
  it("is nobody behind the line", () =>
    expect(aheadOf(line(), rankOf(0, 0, hash("1")))).toEqual({ about: 0, least: 0, most: 0 }));
});

const paced = (more: object) =>
  line({
    pace: { admissionsPerSecond: 10, mostInside: 50, isPaused: false, message: "", ...more },
    stock: { available: 200, held: 0 },
  });

describe("a line for what comes back that nobody can join now", () => {
  const nobodyWaits = { mode: "returns" as const, openList: null, steps: 0, lists: [], upTo: "" };
  const placeWith = (stock: LineView["stock"]) =>
    placeOf({
      view: line({ ...nobodyWaits, stock }),
      isUnreachable: false,
      entry: null,
      joining: notJoining,
      nowMs: STARTS_MS,
    }).kind;
  it("is closed once every unit is paid for", () =>
    expect(placeWith({ available: 0, held: 0 })).toBe("closed"));
  it("is not called so where the gate does not say, or a unit has come back", () => {
    expect(placeWith(null)).toBe("loading");
    expect(placeWith({ available: 1, held: 0 })).toBe("loading");
  });
});

describe("how long it takes", () => {
  const ahead = { about: 100, least: 90, most: 110 };
  const nowMs = STARTS_MS + 10_000;
  it("follows from the pace", () =>
    expect(waitFor(line({ stock: { available: 200, held: 0 } }), ahead, nowMs)).toEqual({
      fromMs: nowMs + 10_000,
      toMs: nowMs + 600_000,
      why: "pace",
    }));
  it("takes longer with few units, which let in a turn each and a half until theirs are over", () =>
    expect(waitFor(line({ stock: { available: 2, held: 0 } }), ahead, nowMs)).toMatchObject({
      toMs: nowMs + 34 * 300_000,
      why: "full",
    }));
  it("is until the opening in a draw, whatever stands before", () => {
    const pace = { admissionsPerSecond: 0, mostInside: 0, isPaused: false, message: "" };
    const draw = line({ mode: "draw", openList: null, upTo: "", steps: 0, inside: 0, pace });
    const opening = { fromMs: STARTS_MS, toMs: STARTS_MS, why: "opening" };
    expect(waitFor(draw, ahead, STARTS_MS - 86_400_000)).toEqual(opening);
    expect(waitFor(draw, ahead, nowMs)).toEqual({ fromMs: nowMs, toMs: nowMs, why: "opening" });
  });
  it("is not known while nobody is let in", () => {
    const pace = { admissionsPerSecond: 10, mostInside: 50, isPaused: true, message: "" };
    expect(waitFor(line({ pace }), ahead, nowMs)).toEqual({ fromMs: null, toMs: null, why: "paused" });
    const stock = { available: 0, held: 3 };
    expect(waitFor(line({ stock }), ahead, nowMs).why).toBe("stock");
  });
  it("is by the true pace where that is less than one a second", () => {
    expect(waitFor(paced({ admissionsPerSecond: 0.2 }), ahead, nowMs).fromMs).toBe(nowMs + 500_000);
    const next = { about: 0, least: 0, most: 0 };
    expect(waitFor(paced({ admissionsPerSecond: 0.01 }), next, nowMs)).toEqual({
      fromMs: nowMs,
      toMs: nowMs + 100_000,
      why: "pace",
    });
  });
  it("is not known while the pace or the cap is nobody", () => {
    const nobodyKnows = { fromMs: null, toMs: null, why: "paused" };
    for (const more of [{ admissionsPerSecond: 0 }, { mostInside: 0 }])
      expect(waitFor(paced(more), ahead, nowMs)).toEqual(nobodyKnows);
  });
  it("has grown when its end has moved away, or is lost", () => {
    const before = waitFor(line(), ahead, nowMs);
    expect(hasGrown(before, { ...before, toMs: before.toMs! + 30_000, why: "full" })).toBe(true);
    expect(hasGrown(before, { ...before, toMs: before.toMs! + 5_000 })).toBe(false);
    expect(hasGrown(before, { fromMs: null, toMs: null, why: "paused" })).toBe(true);
  });
});
