import { beforeEach, expect, test } from "vitest";
import { DeleteCommand } from "@aws-sdk/lib-dynamodb";
import { testStores } from "../../tests/support/stores.ts";
import { testDynamo } from "../../tests/support/test-aws.ts";
import type { Clock } from "../clock.ts";
import { createGuardianSigns } from "./guardian-signs.dynamo.ts";
import { LEASE_KEY } from "./guardian-key.ts";
import { createLease, FIRST_FENCE, LEASE_TERM_MS, RENEW_AFTER_MS } from "./lease.dynamo.ts";

const { ledgerTable, dynamoEndpoint } = await testStores();
const dynamo = testDynamo(dynamoEndpoint);
const signs = createGuardianSigns(dynamo, ledgerTable);
beforeEach(() => dynamo.send(new DeleteCommand({ TableName: ledgerTable, Key: LEASE_KEY })));

const DATE_MS = Date.parse("2026-11-27T09:00:00Z");

/** Two guardians that disagree on the date, each with a monotonic clock that the test moves. */
function candidate(owner: string, wrongByMs = 0) {
  let monotonicMs = 0;
  const clock: Clock = { nowMs: () => DATE_MS + wrongByMs, monotonicMs: () => monotonicMs };
  const lease = createLease(dynamo, ledgerTable, owner, clock);
  return { ...lease, wait: (ms: number) => void (monotonicMs += ms) };
}

const first = { fence: FIRST_FENCE };
const second = { fence: FIRST_FENCE + 1 };

test("one guardian at a time: the other gets nothing while the first renews, whatever its date says", async () => {
  const [a, b] = [candidate("a"), candidate("b", 10 * 60_000)];
  expect(await a.hold()).toEqual(first);
  for (let turn = 0; turn < 4; turn++) {
    expect(await b.hold()).toBeNull();
    b.wait(LEASE_TERM_MS - 1);
    a.wait(RENEW_AFTER_MS);
    expect(await a.hold()).toEqual(first);
  }
});

test("a lease that has not moved for a term is taken over, with a higher fence", async () => {
  const [a, b] = [candidate("a"), candidate("b")];
  await a.hold();
  expect(await b.hold()).toBeNull();
  b.wait(LEASE_TERM_MS);
  expect(await b.hold()).toEqual(second);
  a.wait(RENEW_AFTER_MS);
  expect(await a.hold()).toBeNull();
});

test("a released lease is free at once, and its next fence is higher", async () => {
  const [a, b] = [candidate("a"), candidate("b")];
  await a.hold();
  await b.release();
  expect(await b.hold()).toBeNull();
  await a.release();
  expect(await b.hold()).toEqual(second);
});

test("of twenty at once, exactly one gets the lease", async () => {
  const all = Array.from({ length: 20 }, (_, i) => candidate(`guardian-${i}`));
  const leases = await Promise.all(all.map((holder) => holder.hold()));
  expect(leases.filter((lease) => lease !== null)).toEqual([first]);
});

test("who holds it asks again only when a renewal is due, and then once for all who want to know", async () => {
  let writes = 0;
  const counting = Object.assign(Object.create(dynamo), {
    send: async (command: Parameters<typeof dynamo.send>[0]) => {
      writes++;
      return dynamo.send(command);
    },
  }) as typeof dynamo;
  let monotonicMs = 0;
  const clock: Clock = { nowMs: () => DATE_MS, monotonicMs: () => monotonicMs };
  const lease = createLease(counting, ledgerTable, "a", clock);
  await lease.hold();
  writes = 0;
  monotonicMs += RENEW_AFTER_MS - 1;
  await Promise.all(Array.from({ length: 100 }, () => lease.hold()));
  expect(writes).toBe(0);
  monotonicMs += 1;
  await Promise.all(Array.from({ length: 100 }, () => lease.hold()));
  expect(writes).toBe(1);
});

test("a renewal whose answer was lost is no lost lease", async () => {
  const [a, same] = [candidate("a"), candidate("a")];
  await a.hold();
  await same.hold();
  a.wait(RENEW_AFTER_MS);
  expect(await a.hold()).toEqual(first);
});

test("the lease says when a guardian was last at work", async () => {
  expect(await signs.lastBeatMs()).toBeNull();
  await candidate("a").hold();
  expect(await signs.lastBeatMs()).toBe(DATE_MS);
});
