import { createSecretKey } from "node:crypto";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import { aBuyer, aSale } from "../../tests/support/test-sale.ts";
import type { SolvedChallenge } from "../contract/challenge.ts";
import type { BuyerId, SaleId } from "../ids.ts";
import { admitJoin, type AskedJoin } from "./admit-join.ts";
import { createBotRecords } from "./bots.dynamo.ts";
import { type For, makeChallenge } from "./challenge.ts";
import { issueChallenge } from "./issue-challenge.ts";

const stores = await testStores();
const records = createBotRecords(testTables(stores.dynamoEndpoint), stores.lineTable);
const key = createSecretKey(Buffer.from("a key of these tests alone"));
const deps = { records, key, judgesSources: true };
/** So cheap that a test does not wait for it. */
const CHEAP = 1;

async function solvedFor(saleId: SaleId, buyerId: BuyerId, nowMs = Date.now()): Promise<SolvedChallenge> {
  const challenge = await makeChallenge(key, { saleId, buyerId }, CHEAP, nowMs);
  const solution = await solveChallenge({ challenge, deriveKey });
  return { challenge, solution: { counter: solution!.counter, derivedKey: solution!.derivedKey } };
}

const aJoin = async (change: Partial<AskedJoin> = {}): Promise<AskedJoin> => {
  const [saleId, buyerId] = [change.saleId ?? aSale().saleId, change.buyerId ?? aBuyer()];
  const solved = change.solved === undefined ? await solvedFor(saleId, buyerId) : change.solved;
  return { address: "192.0.2.1", list: 0, ...change, saleId, buyerId, solved };
};
const admit = (join: AskedJoin, nowMs = Date.now()) => admitJoin(deps, join, nowMs);
const right = { kind: "admitted", why: null };

test("whoever solved the puzzle joins lane 0, whoever did not lane 1", async () => {
  expect(await admit(await aJoin())).toEqual(right);
  expect(await admit(await aJoin({ solved: null }))).toEqual({ kind: "admitted", why: "no_puzzle" });
});

test("a join that is repeated with the same solution is the same join; in the next list it is spent", async () => {
  const join = await aJoin();
  expect(await admit(join)).toEqual(right);
  expect(await admit(join)).toEqual(right);
  expect(await admit({ ...join, list: 1 })).toEqual({ kind: "wrong_solution", fault: "spent" });
  const both = await Promise.all([0, 1].map(async (list) => admit({ ...(await aJoin()), list })));
  expect(both).toEqual([right, right]);
});

test("a spent mark stands a day longer than its challenge is good, and then goes by itself", async () => {
  const join = await aJoin();
  expect(await admit(join)).toEqual(right);
  const { signature, parameters } = join.solved!.challenge;
  const { Item } = await testTables(stores.dynamoEndpoint).get({
    TableName: stores.lineTable,
    Key: { pk: `${join.saleId}#spent#${signature}`, sk: "spent" },
  });
  expect(Item).toMatchObject({ list: 0, ttl: parameters.expiresAt + 86_400 });
});

test("of two lists at once one gets the solution", async () => {
  const join = await aJoin();
  const kinds = await Promise.all([0, 1].map(async (list) => (await admit({ ...join, list })).kind));
  expect(kinds.toSorted()).toEqual(["admitted", "wrong_solution"]);
});

test.each<[string, (solved: SolvedChallenge) => Partial<AskedJoin>]>([
  ["of_another", () => ({ buyerId: aBuyer() })],
  ["of_another", () => ({ saleId: aSale().saleId })],
  [
    "forged",
    ({ challenge, solution }) => ({
      solved: {
        challenge: { ...challenge, parameters: { ...challenge.parameters, keyPrefix: "0" } },
        solution,
      },
    }),
  ],
  [
    "forged",
    ({ challenge, solution }) => ({
      solved: {
        challenge: { ...challenge, parameters: { ...challenge.parameters, expiresAt: 9_999_999_999 } },
        solution,
      },
    }),
  ],
  [
    "forged",
    ({ challenge, solution }) => ({
      solved: { challenge: { ...challenge, signature: "0".repeat(64) }, solution },
    }),
  ],
  [
    "unsolved",
    ({ challenge, solution }) => ({
      solved: { challenge, solution: { ...solution, counter: 4_000_000_000 } },
    }),
  ],
  [
    "unsolved",
    ({ challenge, solution }) => ({
      solved: { challenge, solution: { ...solution, derivedKey: "0".repeat(64) } },
    }),
  ],
])("a solution that is %s is refused", async (fault, change) => {
  const join = await aJoin();
  const wrong = { ...join, ...change(join.solved!) };
  expect(await admit(wrong)).toEqual({ kind: "wrong_solution", fault });
});

test("a challenge is good for ten minutes", async () => {
  const join = await aJoin();
  const madeAtMs = join.solved!.challenge.parameters.expiresAt * 1000 - 600_000;
  expect(await admit(join, madeAtMs + 600_000)).toEqual({ kind: "wrong_solution", fault: "expired" });
  expect(await admit(join, madeAtMs + 599_000)).toEqual(right);
});

test("the fifteenth from one address within a minute joins lane 1; over hours it is the thirtieth", async () => {
  const { saleId } = aSale();
  const lanesOf = async (address: string, everyMs: number, count: number) => {
    const lanes: number[] = [];
    for (let n = 0; n < count; n++) {
      const nowMs = Date.now() - (count - n) * everyMs;
      const buyerId = aBuyer();
      const join = await aJoin({ saleId, buyerId, address, solved: await solvedFor(saleId, buyerId) });
      const admission = await admit(join, nowMs);
      lanes.push(admission.kind !== "admitted" ? -1 : admission.why === null ? 0 : 1);
    }
    return lanes.indexOf(1) + 1;
  };
  expect(await lanesOf("192.0.2.2", 10, 20)).toBe(15);
  expect(await lanesOf("192.0.2.3", 120_000, 35)).toBe(30);
});

test("one buyer who asks often is one, and other sales do not count", async () => {
  const join = await aJoin({ address: "192.0.2.4" });
  for (let n = 0; n < 20; n++) expect(await admit(join)).toEqual(right);
  for (let n = 0; n < 20; n++) expect(await admit(await aJoin({ address: "192.0.2.4" }))).toEqual(right);
});

test("where all clients share one address nobody is judged by it", async () => {
  const { saleId } = aSale();
  for (let n = 0; n < 20; n++) {
    const join = await aJoin({ saleId, address: "192.0.2.5" });
    expect(await admitJoin({ ...deps, judgesSources: false }, join, Date.now())).toEqual(right);
  }
});

/** What a puzzle costs at an address. */
const askFrom = async (address: string, asker: Partial<For> = {}, load = 0) => {
  const who = { saleId: asker.saleId ?? aSale().saleId, buyerId: asker.buyerId ?? aBuyer(), address };
  return (await issueChallenge(deps, who, load, Date.now())).challenge.parameters.cost;
};
/** What so many cost, one after the other. */
const costsOf = async (count: number, ask: () => Promise<number>) => {
  const costs: number[] = [];
  for (let n = 0; n < count; n++) costs.push(await ask());
  return costs;
};
/** Of a /64 of its own in one /48. */
const far = (n: number) => `2001:db8:1:${n.toString(16)}::1`;

describe("the puzzle", () => {
  test("gets dearer under load", async () => {
    expect(await askFrom("192.0.2.6")).toBe(2_000);
    expect(await askFrom("192.0.2.6", {}, 1)).toBe(4_000);
  });

  test("gets dearer with each buyer who asked for one from there, before any of them has joined", async () => {
    const { saleId } = aSale();
    const costs = await costsOf(61, () => askFrom("192.0.2.7", { saleId }));
    expect([0, 3, 14, 59].map((n) => costs.indexOf(costs[n]!))).toEqual([0, 3, 14, 59]);
    expect([costs[0], costs[3], costs[14], costs[59]]).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(await askFrom("192.0.2.8", { saleId })).toBe(2_000);
    expect(await askFrom("192.0.2.7")).toBe(2_000);
  });

  test("that one buyer asks for again counts once, and no lane goes by who asked", async () => {
    const { saleId } = aSale();
    const buyerId = aBuyer();
    const ofOne = await costsOf(20, () => askFrom("192.0.2.9", { saleId, buyerId }));
    expect(new Set(ofOne)).toEqual(new Set([2_000]));
    await costsOf(20, () => askFrom("192.0.2.9", { saleId }));
    expect(await admit(await aJoin({ saleId, address: "192.0.2.9" }))).toEqual(right);
  });

  test("of IPv6 gets dearer by the source, and later by its neighbourhood", async () => {
    const { saleId } = aSale();
    let n = 0;
    const spread = await costsOf(29, () => askFrom(far(n++), { saleId }));
    expect(new Set(spread)).toEqual(new Set([2_000]));
    expect(await askFrom(far(n++), { saleId })).toBe(4_000);
    const ofOne = await costsOf(15, () => askFrom("2001:db8:2::1", { saleId }));
    expect(ofOne.at(-1)).toBe(8_000);
  });

  test("costs the same for all where clients share one address", async () => {
    const { saleId } = aSale();
    const ask = () => ({ saleId, buyerId: aBuyer(), address: "192.0.2.10" });
    for (let n = 0; n < 20; n++) {
      const answer = await issueChallenge({ ...deps, judgesSources: false }, ask(), 0, Date.now());
      expect(answer.challenge.parameters.cost).toBe(2_000);
    }
  });
});
