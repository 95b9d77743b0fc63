import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeEach, expect, test } from "vitest";
import { startBeacon } from "../../local/beacon/beacon.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import { systemClock } from "../clock.ts";
import { createBeaconRecords } from "./beacon.dynamo.ts";
import { bringSignature } from "./bring-signature.ts";
import { type FetchDependencies, fetchNeededRounds } from "./fetch-needed.ts";
import { fetchRound } from "./fetch-round.http.ts";
import { roundNotBefore } from "./rounds.ts";

const stores = await testStores();
const folder = mkdtempSync(join(tmpdir(), "beacon-"));
const keyFile = join(folder, "key.json");
const beacon = await startBeacon(keyFile);
const { chain } = beacon;
afterAll(async () => {
  await beacon.stop();
  rmSync(folder, { recursive: true });
});
const dynamo = testTables(stores.dynamoEndpoint);
const records = createBeaconRecords(dynamo, stores.ledgerTable, chain.hash);

/** A relay that answers everything with these bytes; none: it takes requests and says nothing. */
async function badRelay(answer?: { readonly status: number; readonly body: string }) {
  const server = createServer((_request, response) => {
    if (answer) response.writeHead(answer.status).end(answer.body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

let measured: [string, number][] = [];
beforeEach(() => {
  measured = [];
  beacon.delay(0);
});
const deps: FetchDependencies = {
  chain,
  records,
  fetchRound: (round) => fetchRound(chain, [beacon.url], round),
  clock: systemClock,
  measure: (name, value) => void measured.push([name, value]),
  warn: () => {},
};

/** Every test has rounds of its own, which have come. */
let next = 1;
const aPastRound = () => next++;
const aFutureRound = () => roundNotBefore(chain, Date.now() + 3_600_000) + next++;
// The chain began with this file: its first rounds are there soon.
const until = async (round: number) => {
  while ((await fetchRound(chain, [beacon.url], round)).kind === "missing")
    await new Promise((resume) => setTimeout(resume, 100));
};

test("a stand-in that starts again goes on with the same chain", async () => {
  const again = await startBeacon(keyFile);
  expect(again.chain).toEqual(chain);
  await again.stop();
});

test("a round is found, whatever is wrong with the relays before it", async () => {
  const round = aPastRound();
  await until(round);
  const signature = beacon.sign(round);
  const relays = [
    "http://127.0.0.1:1",
    await badRelay({ status: 500, body: "down" }),
    await badRelay({ status: 200, body: "no JSON" }),
    await badRelay({ status: 200, body: JSON.stringify({ round: round + 1, signature }) }),
    await badRelay({ status: 200, body: JSON.stringify({ round, signature: beacon.sign(round + 1) }) }),
    await badRelay(),
    beacon.url,
  ];
  expect(await fetchRound(chain, relays, round)).toEqual({ kind: "found", signature, relay: beacon.url });
});

test("a round before its time is missing, and so is one of another chain", async () => {
  const early = await fetchRound(chain, [beacon.url], aFutureRound());
  expect(early).toEqual({ kind: "missing", refusals: [expect.stringContaining("425")] });
  const other = { ...chain, hash: "0".repeat(64) };
  expect(await fetchRound(other, [beacon.url], 1)).toMatchObject({ kind: "missing" });
});

test("what is needed is fetched once and settled", async () => {
  const round = aPastRound();
  await until(round);
  await records.need(round);
  await records.need(round);
  await fetchNeededRounds(deps, { runMs: 0, longestMs: 0 });
  expect(await records.signature(round)).toBe(beacon.sign(round));
  expect(await records.needed()).toMatchObject({ rounds: [] });
  expect(await records.putSignature(round, "another")).toBe("present");
  expect(await records.signature(round)).toBe(beacon.sign(round));
});

const fetchNothing = () => expect.fail("it is kept already");

test("a death between keeping and settling is made good by the next look", async () => {
  const round = aPastRound();
  await records.need(round);
  await records.putSignature(round, beacon.sign(round));
  await fetchNeededRounds({ ...deps, fetchRound: fetchNothing }, { runMs: 0, longestMs: 0 });
  expect(await records.needed()).toMatchObject({ rounds: [] });
});

const took = async () => {
  const startMs = performance.now();
  await fetchNeededRounds(deps, { runMs: null, longestMs: 2_500 });
  return performance.now() - startMs;
};

test("nothing needed: one look, unless more may be needed soon", async () => {
  expect(await took()).toBeLessThan(900);
  const untilMs = Date.now() + 60_000;
  await records.watchUntil(untilMs);
  await records.watchUntil(untilMs - 50_000);
  expect(await records.needed()).toEqual({ rounds: [], watchUntilMs: untilMs });
  expect(await took()).toBeGreaterThan(1_000);
});

test("a late round is waited for and told of, never replaced", async () => {
  beacon.delay(86_400_000);
  const round = aPastRound();
  await records.need(round);
  const clock = { ...systemClock, nowMs: () => Date.now() + 60_000 };
  await fetchNeededRounds({ ...deps, clock }, { runMs: 0, longestMs: 0 });
  expect(await records.needed()).toMatchObject({ rounds: [round] });
  expect(await records.signature(round)).toBeNull();
  expect(measured).toEqual([["BeaconLateMs", expect.any(Number)]]);
  beacon.delay(0);
  await until(round);
  await fetchNeededRounds(deps, { runMs: 0, longestMs: 0 });
  expect(await records.signature(round)).toBe(beacon.sign(round));
});

test("anybody may bring a signature that is needed, and no other", async () => {
  const round = aFutureRound();
  const signature = beacon.sign(round);
  const bring = (text: string) => bringSignature(records, chain, round, text);
  expect(await bring(signature)).toEqual({ kind: "not_needed" });
  await records.need(round);
  expect(await bring(beacon.sign(round + 1))).toEqual({ kind: "wrong" });
  expect(await records.signature(round)).toBeNull();
  expect(await bring(signature)).toEqual({ kind: "kept", signature });
  expect(await bring(signature)).toEqual({ kind: "kept", signature });
  expect(await bring(beacon.sign(round + 1))).toEqual({ kind: "wrong" });
  await fetchNeededRounds(deps, { runMs: 0, longestMs: 0 });
  expect(await records.needed()).toMatchObject({ rounds: [] });
});
