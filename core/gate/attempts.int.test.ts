import * as fc from "fast-check";
import { expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testGate } from "../../tests/gate/test-gate.ts";
import { testStores } from "../../tests/support/stores.ts";
import { aBuyer, aSale } from "../../tests/support/test-sale.ts";
import type { BuyerId } from "../ids.ts";
import { defineScript, type ScriptDefinition } from "../redis/script.ts";
import { gateKeys } from "./keys.ts";
import attempts from "./lib/attempts.lua";

const SPAN_MS = 10_000;
const TURN_MS = 20_000;
const stores = await testStores();
const { redis, gate, load, reserve, setField, nowMs } = testGate(stores.redisUrl);

/** The rule alone, on real keys and by a clock of the test's. */
const ruleScript = {
  command: "testAttempts",
  parts: [
    attempts,
    `local lastTurn = tonumber(redis.call("HGET", gateKey, "attempts_turn"))
     return { tostring(waitForAttempt(gateKey, attemptsKey, attemptsBeforeKey, lastTurn, buyerId, tonumber(limit), tonumber(nowMs))) }`,
  ],
  keys: ["gate", "attempts", "attemptsBefore"],
  arguments: ["buyerId", "limit", "nowMs"],
} as const satisfies ScriptDefinition<string, string>;
const runRule = defineScript(redis, ruleScript);

/** Attempts on keys of their own; each answers how long to wait, 0 if it was let through. */
function aRule(limit: number) {
  const keys = gateKeys(aSale().saleId);
  return {
    keys,
    attempt: async (atMs: number, buyerId: BuyerId): Promise<number> =>
      Number((await runRule(keys, { buyerId, limit, nowMs: atMs }))[0]),
  };
}

const kindsOf = async (count: number, attempt: () => ReturnType<typeof reserve>) => {
  const kinds: string[] = [];
  for (let i = 0; i < count; i++) kinds.push((await attempt()).kind);
  return kinds;
};

test("no span of ten seconds lets more than the limit through, and whoever waits as told gets through", async () => {
  const limit = fc.integer({ min: 1, max: 30 });
  const pauses = fc.array(fc.oneof(fc.constant(0), fc.nat(300), fc.nat(4_000), fc.nat(25_000)), {
    minLength: 1,
    maxLength: 60,
    size: "max",
  });
  await fc.assert(
    fc.asyncProperty(limit, pauses, fc.nat(TURN_MS), async (most, waits, startMs) => {
      const { attempt } = aRule(most);
      const buyerId = aBuyer();
      const through: number[] = [];
      let atMs = 1_760_000_000_000 + startMs;
      for (const pauseMs of waits) {
        atMs += pauseMs;
        const waitMs = await attempt(atMs, buyerId);
        if (waitMs > 0) {
          if (waitMs > 1) expect(await attempt(atMs + waitMs - 1, buyerId)).toBe(1);
          atMs += waitMs;
          expect(await attempt(atMs, buyerId)).toBe(0);
        }
        through.push(atMs);
      }
      for (const from of through)
        expect(through.filter((at) => at >= from && at < from + SPAN_MS).length).toBeLessThanOrEqual(most);
    }),
    { numRuns: 60 },
  );
});

test.each([
  [1, 1, 10_000],
  [2, 2, 10_000],
  [3, 2, 5_000],
  [10, 6, 2_000],
  [100, 51, 200],
])("of %i attempts %i may come at once, and one more each %i ms", async (limit, atOnce, pauseMs) => {
  const { attempt } = aRule(limit);
  const buyerId = aBuyer();
  const atMs = 1_760_000_000_000;
  const waits = await Promise.all(Array.from({ length: atOnce + 1 }, () => attempt(atMs, buyerId)));
  expect(waits).toEqual([...Array.from({ length: atOnce }, () => 0), pauseMs]);
  expect(await attempt(atMs + pauseMs, buyerId)).toBe(0);
  expect(await attempt(atMs + pauseMs, buyerId)).toBe(pauseMs);
});

test("attempts are remembered when the hashes take turns, in one of them, and dropped with the next turn", async () => {
  const { attempt, keys } = aRule(2);
  const [first, second] = [aBuyer(), aBuyer()];
  const turnMs = 1_760_000_000_000;
  expect(turnMs % TURN_MS).toBe(0);
  await attempt(turnMs - 2, first);
  await attempt(turnMs - 1, first);
  expect(await attempt(turnMs - 1, first)).toBe(9_999);
  expect(await attempt(turnMs, first)).toBe(9_998);
  expect(await attempt(turnMs + 9_998, first)).toBe(0);
  expect(await redis.exists(keys.attemptsBefore)).toBe(0);
  expect(await redis.hkeys(keys.attempts)).toEqual([first.slice(-14)]);
  await attempt(turnMs + 3 * TURN_MS, second);
  expect(await redis.exists(keys.attemptsBefore)).toBe(0);
  expect(await redis.hkeys(keys.attempts)).toEqual([second.slice(-14)]);
});

test("a clock that was put back loses the attempts, and refuses nobody for long", async () => {
  const { attempt } = aRule(1);
  const buyerId = aBuyer();
  await attempt(1_760_000_000_000, buyerId);
  expect(await attempt(1_760_000_000_000 - 3_600_000, buyerId)).toBe(0);
  expect(await attempt(1_760_000_000_000 - 3_600_000, buyerId)).toBe(SPAN_MS);
});

test("a buyer's attempts beyond the limit are refused, take nothing, and count against nobody else", async () => {
  const { saleId } = await load({ attemptLimit: 3, purchaseLimit: 100, allocated: 100 });
  const buyerId = aBuyer();
  expect(await kindsOf(3, () => reserve(saleId, { buyerId }))).toEqual([
    "reserved",
    "reserved",
    "rate_limited",
  ]);
  const last = await reserve(saleId, { buyerId });
  const retryAfterMs = last.kind === "rate_limited" ? last.retryAfterMs : 0;
  expect(retryAfterMs).toBeGreaterThan(0);
  expect(retryAfterMs).toBeLessThanOrEqual(5_000);
  expect((await reserve(saleId)).kind).toBe("reserved");
  expect(await gate.inspect(saleId)).toMatchObject({ stock: { sold: 3, available: 97 } });
});

test("repeats with the same key count as attempts: each costs a look into the ledger", async () => {
  const { saleId } = await load({ attemptLimit: 3 });
  const attempt = { buyerId: aBuyer(), key: "key-0001" };
  const kinds = await kindsOf(4, () => reserve(saleId, attempt));
  expect(kinds).toEqual(["reserved", "replayed", "rate_limited", "rate_limited"]);
  const raw = await rawGate(redis, saleId);
  expect(raw.gate).toMatchObject({ attempts_reserved: "1", attempts_rate_limited: "2", sold: "1" });
});

test("a repeat that is limited says when to come again, also of a paused or ended sale", async () => {
  const sale = await load({ attemptLimit: 1 });
  const attempt = { buyerId: aBuyer(), key: "key-0001" };
  await reserve(sale.saleId, attempt);
  for (const state of ["running", "paused", "ended"] as const) {
    await setField(sale.saleId, "state", state);
    const reply = await reserve(sale.saleId, attempt);
    expect(reply.kind).toBe("rate_limited");
    const retryAfterMs = reply.kind === "rate_limited" ? reply.retryAfterMs : 0;
    expect(retryAfterMs).toBeGreaterThan(0);
    expect(retryAfterMs).toBeLessThanOrEqual(SPAN_MS);
  }
});

test("the gate's clock is the one that attempts go by", async () => {
  const { saleId } = await load({ attemptLimit: 1 });
  await reserve(saleId);
  const { gate: fields } = await rawGate(redis, saleId);
  const turn = Math.floor((await nowMs()) / TURN_MS);
  expect(turn - Number(fields["attempts_turn"])).toBeLessThanOrEqual(1);
});

test("each attempt that got as far as the rate limit is counted by its reply, once", async () => {
  const { saleId } = await load({ allocated: 2, purchaseLimit: 2, attemptLimit: 9 });
  const buyerId = aBuyer();
  const replies = [
    await reserve(saleId, { buyerId, quantity: 3 }),
    await reserve(saleId, { buyerId, quantity: 2, key: "key-0001" }),
    await reserve(saleId, { buyerId, quantity: 2, key: "key-0001" }),
    await reserve(saleId, { buyerId }),
    await reserve(saleId),
    await reserve(saleId),
    await reserve(saleId, { buyerId }),
    await reserve(saleId, { buyerId }),
  ];
  expect(replies.map((reply) => reply.kind)).toEqual([
    "over_limit",
    "reserved",
    "replayed",
    "already_bought",
    "sold_out",
    "sold_out",
    "already_bought",
    "rate_limited",
  ]);
  expect(await gate.inspect(saleId)).toMatchObject({
    attempts: { reserved: 1, soldOut: 2, alreadyBought: 2, overLimit: 1, rateLimited: 1 },
  });
});
