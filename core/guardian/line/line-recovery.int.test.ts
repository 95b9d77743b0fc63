import { describe, expect, test } from "vitest";
import { testStores } from "../../../tests/support/stores.ts";
import { aDraw, aRoom, testDrawnLine } from "../../../tests/support/test-drawn-line.ts";
import { testLine } from "../../../tests/support/test-line.ts";
import { gateKeys } from "../../gate/keys.ts";
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

const fleeting = (nowMs: number) => ({ ...aDraw(nowMs), turnSeconds: 30 });

/** A draw of one unit, a minute ago by the gate's clock; the winner's order reaches the ledger after the rebuild. */
async function leftOutOfDraw() {
  const { saleId, people, guardian, nowMs } = await drawn(fleeting, [1, 1], { allocated: 1 }, 60_000);
  await at.look(guardian, saleId, nowMs - 19_000);
  await at.look(guardian, saleId, nowMs - 18_000);
  const replies = [];
  for (const person of people) replies.push(await buy(saleId, person));
  const winner = replies.findIndex(({ kind }) => kind === "reserved");
  const reply = replies[winner]!;
  if (reply.kind !== "reserved") throw new Error(reply.kind);
  await rebuild(saleId, 0);
  await at.ledger.put(reply.reservation);
  await at.look(guardian, saleId, nowMs - 17_000);
  return { saleId, guardian, nowMs, order: reply.reservation, next: people[1 - winner]! };
}

describe("an order that a rebuild has left out of a draw", () => {
  test("gets the unit while its turn runs, and nobody else does", async () => {
    const { saleId, guardian, nowMs, order, next } = await leftOutOfDraw();
    expect(await at.gate.adopt(order)).toEqual({ kind: "adopted", epoch: 2 });
    await at.redis.hincrby(gateKeys(saleId).gate, "line_served_ms", 400_000);
    const [turn] = (await at.look(guardian, saleId, nowMs - 14_000)).steps;
    expect((await at.look(guardian, saleId, turn!.lapsesAtMs!)).steps).toHaveLength(1);
    expect(await buy(saleId, next)).toMatchObject({ kind: "not_your_turn" });
  });

  test("is refused once the unit was promised to the next one, who gets it", async () => {
    const { saleId, guardian, nowMs, order, next } = await leftOutOfDraw();
    await at.redis.hincrby(gateKeys(saleId).gate, "line_served_ms", 400_000);
    const [turn] = (await at.look(guardian, saleId, nowMs - 14_000)).steps;
    const { steps } = await at.look(guardian, saleId, turn!.lapsesAtMs!);
    expect(steps).toMatchObject([{ step: 1 }, { step: 2, people: 1 }]);
    // In the log, and the gate has not heard of it.
    expect(await at.gate.adopt(order)).toEqual({ kind: "refused", epoch: 2 });
    await at.look(guardian, saleId, turn!.lapsesAtMs! + 1_000);
    expect((await buy(saleId, next)).kind).toBe("reserved");
  });
});
