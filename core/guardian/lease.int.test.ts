import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testDynamo } from "../../tests/support/test-aws.ts";
import { aSale } from "../../tests/support/test-sale.ts";
import type { Clock } from "../clock.ts";
import { createLeases, LEASE_TERM_MS } from "./lease.dynamo.ts";

const { ledgerTable, dynamoEndpoint } = await testStores();
const dynamo = testDynamo(dynamoEndpoint);

/** Two guardians that disagree on the date, each with a monotonic clock that the test moves. */
function candidate(owner: string, wrongByMs = 0) {
  let monotonicMs = 0;
  const clock: Clock = {
    nowMs: () => Date.parse("2026-11-27T09:00:00Z") + wrongByMs,
    monotonicMs: () => monotonicMs,
  };
  const leases = createLeases(dynamo, ledgerTable, owner, clock);
  return { ...leases, wait: (ms: number) => void (monotonicMs += ms) };
}

test("one guardian at a time: the other gets nothing while the first renews, whatever its date says", async () => {
  const { saleId } = aSale();
  const [a, b] = [candidate("a"), candidate("b", 10 * 60_000)];
  expect(await a.hold(saleId)).toEqual({ fence: 1 });
  for (let turn = 0; turn < 4; turn++) {
    expect(await b.hold(saleId)).toBeNull();
    b.wait(LEASE_TERM_MS - 1);
    expect(await a.hold(saleId)).toEqual({ fence: 1 });
  }
});

test("a lease that has not moved for a term is taken over, with a higher fence", async () => {
  const { saleId } = aSale();
  const [a, b] = [candidate("a"), candidate("b")];
  await a.hold(saleId);
  expect(await b.hold(saleId)).toBeNull();
  b.wait(LEASE_TERM_MS);
  expect(await b.hold(saleId)).toEqual({ fence: 2 });
  expect(await a.hold(saleId)).toBeNull();
});

test("a released lease is free at once, and its next fence is higher", async () => {
  const { saleId } = aSale();
  const [a, b] = [candidate("a"), candidate("b")];
  await a.hold(saleId);
  await b.release(saleId);
  expect(await b.hold(saleId)).toBeNull();
  await a.release(saleId);
  expect(await b.hold(saleId)).toEqual({ fence: 2 });
});

test("of twenty at once, exactly one gets the lease", async () => {
  const { saleId } = aSale();
  const all = Array.from({ length: 20 }, (_, i) => candidate(`guardian-${i}`));
  const leases = await Promise.all(all.map((holder) => holder.hold(saleId)));
  expect(leases.filter((lease) => lease !== null)).toEqual([{ fence: 1 }]);
});
