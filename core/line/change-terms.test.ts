import { describe, expect, test } from "vitest";
import type { SaleMode } from "../contract/sale-mode.ts";
import { whyTermsStay } from "./change-terms.ts";
import { at, drawn, rank, settings, rules, startsAtMs, step, writeLog } from "./kept-log.fixture.ts";
import { noLine } from "./line-state.ts";

const room: SaleMode = {
  kind: "waiting_room",
  closesAt: new Date(startsAtMs - 120_000).toISOString(),
  listSeconds: 30,
  turnSeconds: 300,
  admissionsPerSecond: 10,
  mostInside: 100,
};
const sale = { mode: room, startsAtMs, purchaseLimit: 3 };
const nobody = { hasJoined: false, state: noLine };
const marked = { hasJoined: true, state: noLine };
const begun = { hasJoined: true, state: writeLog([rules, at], [settings, at]).state };
const closed = { hasJoined: true, state: writeLog(...drawn).state };
const admitted = { hasJoined: true, state: writeLog(...drawn, [step(1, "", rank("4")), at]).state };

const lower = { ...sale, purchaseLimit: 2 };
const startsIn = (ms: number) => ({ ...sale, startsAtMs: startsAtMs + ms });

describe("the purchase limit", () => {
  test("may be lowered while nobody has joined, and never after: an entry of 3 would get its turn in vain", () => {
    expect(whyTermsStay(sale, lower, nobody)).toBeNull();
    for (const facts of [marked, begun, closed, admitted])
      expect(whyTermsStay(sale, lower, facts)).toMatch(/purchaseLimit can be raised, and no longer/);
  });

  test("stays where nobody joined list 0 before it closed: who comes later joins by the log's", () => {
    expect(whyTermsStay(sale, lower, { ...closed, hasJoined: false })).toContain("purchaseLimit");
  });

  test("may be raised at any time", () => {
    for (const facts of [nobody, marked, begun, closed, admitted])
      expect(whyTermsStay(sale, { ...sale, purchaseLimit: 4 }, facts)).toBeNull();
  });
});

describe("the start", () => {
  test("may be moved either way while list 0 is open: its log says so", () => {
    for (const facts of [nobody, marked, begun])
      for (const ms of [-60_000, 60_000]) expect(whyTermsStay(sale, startsIn(ms), facts)).toBeNull();
  });

  test("is never earlier than the log says once list 0 has closed, and may be later", () => {
    expect(whyTermsStay(sale, startsIn(-1), closed)).toContain(
      `no turn begins before ${new Date(startsAtMs).toISOString()}`,
    );
    expect(whyTermsStay(sale, startsIn(60_000), closed)).toBeNull();
    expect(whyTermsStay(startsIn(60_000), startsIn(0), closed)).toBeNull();
    expect(whyTermsStay(startsIn(60_000), startsIn(-1), closed)).toContain("startsAt cannot be earlier");
  });

  test("stays once turns were given: people were told from when theirs runs", () => {
    for (const ms of [-60_000, 60_000])
      expect(whyTermsStay(sale, startsIn(ms), admitted)).toContain("pause the sale instead");
  });

  test("of an open sale is none of its line's business", () => {
    const open = { ...startsIn(-60_000), mode: { kind: "open" } as const, purchaseLimit: 1 };
    expect(whyTermsStay({ ...sale, mode: open.mode }, open, closed)).toBeNull();
  });
});

test("a change of something else asks for nothing", () => {
  for (const facts of [nobody, marked, begun, closed, admitted])
    expect(whyTermsStay(sale, { ...sale }, facts)).toBeNull();
});
