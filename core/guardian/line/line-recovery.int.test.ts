import { describe, expect, test } from "vitest";
import { testStores } from "../../../tests/support/stores.ts";
import { aRoom, testDrawnLine } from "../../../tests/support/test-drawn-line.ts";
import { testLine } from "../../../tests/support/test-line.ts";
import type { SaleId } from "../../ids.ts";
import { guardedSales } from "../guarded-sales.postgres.ts";

const at = testLine(await testStores());
const { buy, drawn } = testDrawnLine(at);

/** Closes the gate of a sale of ten units, and opens its second epoch with so many sold. */
async function rebuild(saleId: SaleId, soldUnits: number): Promise<void> {
  const recovery = await at.rebuild.begin(saleId, 1);
  const filling = {
    epoch: 2,
    allocated: 10,
    buyers: new Map(),
    unsettled: [],
    soldUnits,
    heldUnits: 0,
    holds: [],
    withheldUnits: 0,
    places: 1,
  };
  await at.rebuild.refill(recovery, filling, async () => {});
  const sale = (await guardedSales(at.db)).find((guarded) => guarded.saleId === saleId)!;
  await at.rebuild.open(recovery, filling, sale);
}

describe("a room's numbers", () => {
  test("come back whole after Redis was lost: who bought does not buy again, and the others go on", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(aRoom, [1, 1, 1], { allocated: 10 });
    await at.look(guardian, saleId, nowMs - 19_000);
    await at.look(guardian, saleId, nowMs - 18_000);
    const [first, ...others] = people;
    const reply = await buy(saleId, first!);
    if (reply.kind !== "reserved") throw new Error(reply.kind);
    await at.ledger.put(reply.reservation);
    await at.redis.flushdb();
    // As the rebuild marks what it counts.
    await at.ledger.markCounted(saleId, [reply.reservation], 2);

    await rebuild(saleId, 1);
    expect((await buy(saleId, others[0]!)).kind).toBe("recovering");
    await at.look(guardian, saleId, nowMs - 17_000);
    expect(await buy(saleId, first!)).toEqual({ kind: "over_turn", unitsLeft: 0 });
    expect((await buy(saleId, others[0]!)).kind).toBe("reserved");
    expect(await at.gate.inspect(saleId)).toMatchObject({ line: { epoch: 2, steps: 1, inside: 2 } });
  });
});

/** Frozen before the ledger: the rebuild does not find it, and the guardian does when it tells the gate. */
async function leftOut() {
  const { saleId, people, guardian, nowMs } = await drawn(aRoom, [1, 1], { allocated: 10 });
  await at.look(guardian, saleId, nowMs - 19_000);
  await at.look(guardian, saleId, nowMs - 18_000);
  const first = people[0]!;
  const reply = await buy(saleId, first);
  if (reply.kind !== "reserved") throw new Error(reply.kind);
  await rebuild(saleId, 0);
  await at.ledger.put(reply.reservation);
  return { saleId, first, order: reply.reservation, guardian, nowMs };
}

describe("an order that a rebuild has left out", () => {
  test("is counted in its turn once the gate adopts it, and once only; not before the gate is told of the line", async () => {
    const { saleId, first, order, guardian, nowMs } = await leftOut();
    expect(await at.gate.adopt(order)).toEqual({ kind: "recovering" });
    await at.look(guardian, saleId, nowMs - 17_000);
    expect(await at.gate.adopt(order)).toEqual({ kind: "adopted", epoch: 2 });
    expect(await at.gate.adopt(order)).toEqual({ kind: "counted", epoch: 2 });
    expect(await buy(saleId, first)).toEqual({ kind: "over_turn", unitsLeft: 0 });
    await at.look(guardian, saleId, nowMs - 16_000);
    expect(await at.gate.inspect(saleId)).toMatchObject({ line: { inside: 1 }, stock: { available: 9 } });
  });

  test("is refused if its entry has bought its quantity since", async () => {
    const { saleId, first, order, guardian, nowMs } = await leftOut();
    await at.look(guardian, saleId, nowMs - 17_000);
    expect((await buy(saleId, first)).kind).toBe("reserved");
    expect(await at.gate.adopt(order)).toEqual({ kind: "refused", epoch: 2 });
    expect(await at.gate.inspect(saleId)).toMatchObject({ stock: { available: 9 } });
  });
});
