import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testDynamo } from "../../tests/support/test-aws.ts";
import { aBuyer, NOW_MS } from "../../tests/support/test-sale.ts";
import { createIdentityStore } from "./identity.dynamo.ts";

const { identityTable, dynamoEndpoint } = await testStores();
const store = createIdentityStore(testDynamo(dynamoEndpoint), identityTable);
const item = {
  email: "ann@example.com",
  language: "en" as const,
  neighbourhood: "192.0.2.1",
  expiresAtMs: NOW_MS,
  counted: ["count#asked"],
};

describe("a challenge", () => {
  test("answers as many guesses as it has, also when all come at once", async () => {
    await store.openChallenge("burst", item);
    const guesses = Array.from({ length: 20 }, () => store.countGuess("burst", 5, NOW_MS - 1));
    const answers = await Promise.all(guesses);
    expect(answers.filter((answer) => answer !== null)).toEqual(Array.from({ length: 5 }, () => item));
  });

  test("answers until it expires", async () => {
    await store.openChallenge("old", item);
    expect(await store.countGuess("old", 5, NOW_MS - 1)).toEqual(item);
    expect(await store.countGuess("old", 5, NOW_MS)).toBeNull();
  });

  test("that is not there answers nothing, and guessing does not make it", async () => {
    expect(await store.countGuess("none", 5, NOW_MS - 1)).toBeNull();
    expect(await store.closeChallenge("none")).toBe(false);
  });

  test("is used up once, whoever else tries at the same time", async () => {
    await store.openChallenge("once", item);
    const closed = await Promise.all(Array.from({ length: 20 }, () => store.closeChallenge("once")));
    expect(closed.filter((isFirst) => isFirst)).toHaveLength(1);
    expect(await store.countGuess("once", 5, NOW_MS - 1)).toBeNull();
  });
});

test("counts are exact within a window, begin anew in the next, and can be taken back in their own", async () => {
  const count = (what: string, nowMs: number) => store.count(what, 600, nowMs);
  const counts = await Promise.all(Array.from({ length: 20 }, () => count("ann", NOW_MS)));
  expect(counts.map((counted) => counted.count).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, i) => i + 1),
  );
  expect((await count("bob", NOW_MS)).count).toBe(1);
  expect((await count("ann", NOW_MS + 600_000)).count).toBe(1);
  await Promise.all(counts.map((counted) => store.uncount(counted.key)));
  expect((await count("ann", NOW_MS)).count).toBe(1);
  expect((await count("ann", NOW_MS + 600_000)).count).toBe(2);
  await store.uncount("count#nothing#1");
});

test("an address is one buyer, whoever signs in first, and however many at once", async () => {
  const candidates = Array.from({ length: 20 }, aBuyer);
  const buyers = await Promise.all(
    candidates.map((candidate) => store.buyerByEmail("ann@example.com", candidate)),
  );
  expect(new Set(buyers).size).toBe(1);
  expect(candidates).toContain(buyers[0]);
  expect(await store.buyerByEmail("ann@example.com", aBuyer())).toBe(buyers[0]);
  expect(await store.buyerByEmail("bob@example.com", aBuyer())).not.toBe(buyers[0]);
});
