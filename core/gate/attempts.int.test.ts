import { expect, test } from "vitest";
import { rawGate } from "../../tests/gate/gate-keys.ts";
import { testStores } from "../../tests/support/stores.ts";
import { reservationOf, testGate } from "../../tests/gate/test-gate.ts";
import { aBuyer } from "../../tests/support/test-sale.ts";

const WINDOW_MS = 10_000;
const stores = await testStores();
const { redis, gate, load, reserve, setField, nowMs } = testGate(stores.redisUrl);

const window = async () => Math.floor((await nowMs()) / WINDOW_MS);

/** Runs again if the window changed meanwhile: the gate's clock is not ours to stop. */
async function inOneWindow<T>(run: () => Promise<T>): Promise<T> {
  for (;;) {
    const before = await window();
    const result = await run();
    if (before === (await window())) return result;
  }
}

const kindsOf = async (count: number, attempt: () => ReturnType<typeof reserve>) => {
  const kinds: string[] = [];
  for (let i = 0; i < count; i++) kinds.push((await attempt()).kind);
  return kinds;
};

test("a buyer's attempts beyond the limit are refused until the window ends, and take nothing", async () => {
  const {
    sale,
    replies,
    nowMs: atMs,
    last,
  } = await inOneWindow(async () => {
    const loaded = await load({ attemptLimit: 3, purchaseLimit: 100, allocated: 100 });
    const buyerId = aBuyer();
    const kinds = await kindsOf(4, () => reserve(loaded.saleId, { buyerId }));
    const reply = await reserve(loaded.saleId, { buyerId });
    return { sale: loaded, replies: kinds, nowMs: await nowMs(), last: reply };
  });
  expect(replies).toEqual(["reserved", "reserved", "reserved", "rate_limited"]);
  const endsInMs = WINDOW_MS - (atMs % WINDOW_MS);
  expect(last.kind).toBe("rate_limited");
  const retryAfterMs = last.kind === "rate_limited" ? last.retryAfterMs : 0;
  expect(retryAfterMs).toBeGreaterThanOrEqual(endsInMs);
  expect(retryAfterMs).toBeLessThanOrEqual(WINDOW_MS);
  expect(await gate.inspect(sale.saleId)).toMatchObject({ stock: { sold: 3, available: 97 } });
});

test("one buyer's attempts count against nobody else", async () => {
  const kinds = await inOneWindow(async () => {
    const { saleId } = await load({ attemptLimit: 1 });
    const [first, second] = [aBuyer(), aBuyer()];
    return [
      ...(await kindsOf(2, () => reserve(saleId, { buyerId: first }))),
      (await reserve(saleId, { buyerId: second })).kind,
    ];
  });
  expect(kinds).toEqual(["reserved", "rate_limited", "reserved"]);
});

test("repeats with the same key count as attempts, in the same window: each costs a look into the ledger", async () => {
  const { kinds, attempts, counted, other } = await inOneWindow(async () => {
    const { saleId } = await load({ attemptLimit: 3 });
    const buyerId = aBuyer();
    const replies = await kindsOf(5, () => reserve(saleId, { buyerId, key: "key-0001" }));
    const raw = await rawGate(redis, saleId);
    const strangers = await kindsOf(1, () => reserve(saleId));
    return {
      kinds: replies,
      attempts: raw.attempts[buyerId.slice(-14)],
      counted: raw.gate,
      other: strangers,
    };
  });
  expect(kinds).toEqual(["reserved", "replayed", "replayed", "rate_limited", "rate_limited"]);
  expect(attempts).toBe("5");
  expect(counted).toMatchObject({ attempts_reserved: "1", attempts_rate_limited: "2", sold: "1" });
  expect(other).toEqual(["reserved"]);
});

test("a repeat that is limited says when to come again, also of a paused or ended sale", async () => {
  const { replies, atMs } = await inOneWindow(async () => {
    const sale = await load({ attemptLimit: 1 });
    const buyerId = aBuyer();
    await reserve(sale.saleId, { buyerId, key: "key-0001" });
    const answers = [];
    for (const state of ["running", "paused", "ended"] as const) {
      await setField(sale.saleId, "state", state);
      answers.push(await reserve(sale.saleId, { buyerId, key: "key-0001" }));
    }
    return { replies: answers, atMs: await nowMs() };
  });
  const leastMs = WINDOW_MS - (atMs % WINDOW_MS);
  for (const reply of replies) {
    expect(reply.kind).toBe("rate_limited");
    const retryAfterMs = reply.kind === "rate_limited" ? reply.retryAfterMs : 0;
    expect(retryAfterMs).toBeGreaterThanOrEqual(leastMs);
    expect(retryAfterMs).toBeLessThanOrEqual(WINDOW_MS);
  }
});

test("a new window forgets everybody's attempts at once", async () => {
  const raw = await inOneWindow(async () => {
    const { saleId } = await load({ attemptLimit: 1 });
    const [first, second] = [aBuyer(), aBuyer()];
    await reserve(saleId, { buyerId: first });
    expect(await reserve(saleId, { buyerId: first })).toMatchObject({ kind: "rate_limited" });
    const present = await window();
    await setField(saleId, "attempts_window", present - 1);
    reservationOf(await reserve(saleId, { buyerId: second }));
    return { ...(await rawGate(redis, saleId)), second, present };
  });
  expect(raw.attempts).toEqual({ [raw.second.slice(-14)]: "1" });
  expect(raw.gate["attempts_window"]).toBe(String(raw.present));
});

test("each attempt that got as far as the rate limit is counted by its reply, once", async () => {
  const { saleId } = await load({ allocated: 2, purchaseLimit: 2, attemptLimit: 5 });
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
