import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { aBuyer, aSale } from "../../tests/support/test-sale.ts";
import type { ReserveReply } from "../gate/gate-replies.ts";
import type { BuyerId } from "../ids.ts";
import { createSaleMemory } from "./sale-memory.ts";

const { saleId } = aSale();
const startsAtMs = Date.parse("2026-11-27T09:00:00.000Z");
const bits = 1024;

/** A filter as reserve.lua writes it. */
function filterOf(...holders: readonly BuyerId[]) {
  const bytes = Buffer.alloc(bits / 8);
  for (const holder of holders) {
    const digest = createHash("sha1").update(holder).digest();
    for (let probe = 0; probe < 4; probe++) {
      const bit = digest.readUInt32BE(probe * 4) % bits;
      bytes[bit >> 3]! |= 0x80 >> (bit & 7);
    }
  }
  return { bytes, bits };
}

/** A memory that learnt a reply `ageMs` ago. */
function memoryOf(reply: ReserveReply) {
  const age = { ms: 0 };
  const memory = createSaleMemory();
  memory.learn(saleId, reply, () => age.ms);
  return { memory, age };
}

const notOpen = (untilStartMs: number) =>
  memoryOf({ kind: "not_open", startsAtMs, nowMs: startsAtMs - untilStartMs });

describe("not open", () => {
  test("is repeated with the time passed since, on top of the gate's clock", () => {
    const { memory, age } = notOpen(60_000);
    age.ms = 999.9;
    expect(memory.recall(saleId, aBuyer())).toEqual({
      kind: "not_open",
      startsAtMs,
      nowMs: startsAtMs - 60_000 + 999,
    });
  });

  test("is never said in the last 300 ms before the opening", () => {
    const { memory, age } = notOpen(1_000);
    age.ms = 699;
    expect(memory.recall(saleId, aBuyer())).toMatchObject({ kind: "not_open" });
    age.ms = 700;
    expect(memory.recall(saleId, aBuyer())).toBeNull();
  });
});

const guestWhoBought = aBuyer();
const forGuests = (filter = filterOf(guestWhoBought) as ReturnType<typeof filterOf> | null) =>
  memoryOf({ kind: "not_eligible", reason: "no_invitation", filter });

describe("a sale for its guests", () => {
  test("is refused for a second to who brings no invitation, and to nobody who does", () => {
    const { memory, age } = forGuests();
    const refused = { kind: "not_eligible", reason: "no_invitation" };
    expect(memory.recall(saleId, aBuyer())).toEqual(refused);
    expect(memory.recall(saleId, aBuyer(), { hasTicket: true })).toEqual(refused);
    expect(memory.recall(saleId, aBuyer(), { fromMs: null })).toBeNull();
    expect(memory.recall(aSale().saleId, aBuyer())).toBeNull();
    age.ms = 1_000;
    expect(memory.recall(saleId, aBuyer())).toBeNull();
  });

  test("says nothing to a holder, whose key comes first, and nothing at all without their filter", () => {
    const { memory } = forGuests();
    expect(memory.recall(saleId, guestWhoBought)).toBeNull();
    expect([memory.wantsFilter(saleId), memory.wantsFilter(saleId, { fromMs: null })]).toEqual([false, true]);
    const { memory: unknowing } = forGuests(null);
    expect(unknowing.recall(saleId, aBuyer())).toBeNull();
    expect(unknowing.wantsFilter(saleId)).toBe(true);
  });

  test("says nothing of others by one invitation that is too old", () => {
    const { memory } = memoryOf({ kind: "not_eligible", reason: "outdated", filter: null });
    expect(memory.recall(saleId, aBuyer())).toBeNull();
  });
});

describe("a tier's opening", () => {
  test("is its guests' own, on the same clock", () => {
    const { memory } = notOpen(60_000);
    const tierMs = startsAtMs - 30_000;
    expect(memory.recall(saleId, aBuyer(), { fromMs: tierMs })).toEqual({
      kind: "not_open",
      startsAtMs: tierMs,
      nowMs: startsAtMs - 60_000,
    });
    expect(memory.recall(saleId, aBuyer(), { fromMs: startsAtMs - 60_000 })).toBeNull();
    expect(memory.recall(saleId, aBuyer(), { fromMs: null })).toMatchObject({ startsAtMs });
  });

  test("that was told to one of them is not told to others", () => {
    const memory = createSaleMemory();
    const reply = { kind: "not_open", startsAtMs: startsAtMs - 30_000, nowMs: startsAtMs - 60_000 } as const;
    memory.learn(saleId, reply, () => 0, startsAtMs - 30_000);
    expect(memory.recall(saleId, aBuyer())).toBeNull();
  });
});

describe("sold out", () => {
  const holder = aBuyer();
  const soldOut = () => memoryOf({ kind: "sold_out", available: 0, held: 9, filter: filterOf(holder) });

  test("is repeated to one who holds nothing, and never to a holder", () => {
    const { memory } = soldOut();
    expect(memory.recall(saleId, aBuyer())).toEqual({ kind: "sold_out", available: 0, held: 9 });
    expect(memory.recall(saleId, holder)).toBeNull();
  });

  test("is known of the sale, whoever asks, for a second", () => {
    const { memory, age } = soldOut();
    expect([memory.isSoldOut(saleId), memory.isSoldOut(aSale().saleId)]).toEqual([true, false]);
    age.ms = 1_000;
    expect(memory.isSoldOut(saleId)).toBe(false);
    expect(notOpen(60_000).memory.isSoldOut(saleId)).toBe(false);
  });

  test("is forgotten after a second, and the next answer should bring a filter again", () => {
    const { memory, age } = soldOut();
    age.ms = 999;
    expect(memory.wantsFilter(saleId)).toBe(false);
    age.ms = 1_000;
    expect(memory.recall(saleId, aBuyer())).toBeNull();
    expect(memory.wantsFilter(saleId)).toBe(true);
  });

  test("is not trusted to a clock that ran backwards", () => {
    const { memory, age } = soldOut();
    age.ms = -1;
    expect(memory.recall(saleId, aBuyer())).toBeNull();
  });

  test("says nothing of another sale", () => {
    const { memory } = soldOut();
    expect(memory.recall(aSale().saleId, aBuyer())).toBeNull();
  });
});

describe("not your turn", () => {
  const holder = aBuyer();
  const outOfTurn = (filter = filterOf(holder) as ReturnType<typeof filterOf> | null) =>
    memoryOf({ kind: "not_your_turn", reason: "no_ticket", nowMs: startsAtMs, filter });

  test("is repeated to one without a ticket who holds nothing, and never to a holder: their key comes first", () => {
    const { memory } = outOfTurn();
    expect(memory.recall(saleId, aBuyer())).toEqual({ kind: "not_your_turn", reason: "no_ticket" });
    expect(memory.recall(saleId, holder)).toBeNull();
    expect(memory.recall(saleId, aBuyer(), { hasTicket: true })).toBeNull();
    expect([memory.holdsNothing(saleId, aBuyer()), memory.holdsNothing(saleId, holder)]).toEqual([
      true,
      false,
    ]);
  });

  test("is forgotten after a second, and the next answer should bring a filter again", () => {
    const { memory, age } = outOfTurn();
    age.ms = 999;
    expect([memory.wantsFilter(saleId), memory.wantsFilter(saleId, { hasTicket: true })]).toEqual([
      false,
      true,
    ]);
    age.ms = 1_000;
    expect(memory.recall(saleId, aBuyer())).toBeNull();
    expect(memory.holdsNothing(saleId, aBuyer())).toBe(false);
    expect(memory.wantsFilter(saleId)).toBe(true);
  });

  test("where nobody holds anything an empty filter says so; without a filter nothing is known", () => {
    const { memory } = outOfTurn({ bytes: Buffer.alloc(0), bits });
    expect(memory.recall(saleId, aBuyer())).toMatchObject({ kind: "not_your_turn" });
    const { memory: unknowing } = outOfTurn(null);
    expect(unknowing.recall(saleId, aBuyer())).toBeNull();
  });
});

test.each<ReserveReply>([
  { kind: "sold_out", available: 0, held: 0, filter: null },
  { kind: "sold_out", available: 2, held: 0, filter: filterOf() },
  { kind: "paused" },
  { kind: "ended" },
  { kind: "lost" },
  { kind: "recovering" },
  { kind: "rate_limited", retryAfterMs: 5_000 },
  { kind: "over_limit", purchaseLimit: 1 },
])("nothing is learnt from %o", (reply) => {
  const { memory } = memoryOf(reply);
  expect(memory.recall(saleId, aBuyer())).toBeNull();
  expect(memory.wantsFilter(saleId)).toBe(true);
});
