import { describe, expect, test } from "vitest";
import { testStores } from "../../../tests/support/stores.ts";
import { aRoom, testDrawnLine } from "../../../tests/support/test-drawn-line.ts";
import type { SaleId } from "../../ids.ts";
import { testLine } from "../../../tests/support/test-line.ts";

const at = testLine(await testStores());
const { drawList, drawn, kindsOf, outcomes } = testDrawnLine(at);
const slowRoom = (nowMs: number) => aRoom(nowMs, { admissionsPerSecond: 1, mostInside: 4 });

describe("a waiting room", () => {
  test("closes, is read, waits for its round, is drawn, and lets people in; everybody's rank follows from the log", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(aRoom, [1, 1, 1, 1]);
    expect(await kindsOf(saleId)).toEqual(["rules", "settings", "closing", "root", "key"]);
    expect((await at.turnOf(saleId, people[0]!.buyerId, people[0]!.ticket)).kind).toBe("not_your_turn");
    await at.look(guardian, saleId, nowMs - 19_000);
    const state = await at.look(guardian, saleId, nowMs - 18_000);
    expect(state.steps[0]).toMatchObject({ step: 1, after: "", people: 4 });
    const sold = await outcomes(saleId, people);
    expect(sold).toEqual(["reserved", "reserved", "reserved", "sold_out"]);
  });

  test("before its root is read nobody has a lot, and while the round is late nobody is let in", async () => {
    // Rounds are everybody's: another test may have brought those of this minute.
    const nowMs = Date.now() - 600_000;
    const saleId = await at.makeSale(aRoom(nowMs), nowMs - 20_000);
    const person = await at.join(saleId);
    const guardian = at.guardian();
    await at.look(guardian, saleId, nowMs - 59_000);
    await at.look(guardian, saleId, nowMs - 52_000);
    expect(await kindsOf(saleId)).toEqual(["rules", "settings", "closing"]);
    await at.look(guardian, saleId, nowMs - 50_000);
    const state = await at.look(guardian, saleId, nowMs);
    expect(state.lists[0]).toMatchObject({ key: null, root: { lane0: 1 } });
    expect(state.steps).toEqual([]);
    expect((await at.beacon.needed()).rounds).toContain(state.lists[0]?.root?.round);
    expect(await at.turnOf(saleId, person.buyerId, person.ticket)).toMatchObject({ reason: "not_drawn" });
  });

  test("lets in no more than the pace, the cap and the stock allow", async () => {
    const { saleId, guardian, nowMs } = await drawn(
      slowRoom,
      Array.from({ length: 9 }, () => 1),
    );
    const people = [];
    for (let second = 19; second > 9; second--) {
      const { steps } = await at.look(guardian, saleId, nowMs - second * 1_000);
      people.push(steps.reduce((sum, step) => sum + step.people, 0));
    }
    expect(people[0]).toBe(3);
    expect(people.at(-1)).toBe(4);
  });

  test("opens the next list for who comes later, behind everybody of the first", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(aRoom, [1]);
    const late = await at.join(saleId);
    expect(late.receipt.list).toBe(1);
    await at.look(guardian, saleId, nowMs - 19_000);
    await at.look(guardian, saleId, nowMs - 10_000);
    await at.bringRound(saleId, 1);
    // The signature is there before its time, as for a clock that is behind the beacon's: no key is older than its round.
    expect((await at.look(guardian, saleId, nowMs - 1_000)).lists[1]?.key).toBeNull();
    await at.look(guardian, saleId, nowMs + 8_000);
    await at.look(guardian, saleId, nowMs + 9_000);
    await at.look(guardian, saleId, nowMs + 10_000);
    const first = await at.turnOf(saleId, people[0]!.buyerId, people[0]!.ticket);
    const second = await at.turnOf(saleId, late.buyerId, late.ticket);
    expect([first, second]).toMatchObject([{ turn: { step: 1 } }, { turn: { step: 2 } }]);
  });

  test("ends once every unit is in an order, and nobody is let in after it", async () => {
    const { saleId, guardian, nowMs } = await drawn(aRoom, [1, 1]);
    const stock = { allocated: 3, available: 0, held: 0, sold: 3, withheld: 0 };
    await at.look(guardian, saleId, nowMs - 19_000, { stock });
    expect(await kindsOf(saleId)).not.toContain("end");
    await at.look(guardian, saleId, nowMs - 18_000, { stock }, { sold: 3 });
    const state = await at.look(guardian, saleId, nowMs - 17_000, { stock });
    expect(state.end).toBe("sold_out");
    expect(state.steps).toEqual([]);
  });
});

const moved = (saleId: SaleId, startsAtMs: number) =>
  at.db
    .updateTable("sales")
    .set({ starts_at: new Date(startsAtMs) })
    .where("id", "=", saleId)
    .execute();

describe("a sale whose start is moved", () => {
  test("while its guardian is about to close list 0: the log has the later rules before it closes", async () => {
    const nowMs = Date.now();
    const [before, after] = [nowMs + 120_000, nowMs + 90_000];
    const saleId = await at.makeSale(aRoom(nowMs), before);
    await at.join(saleId);
    const guardian = at.guardian();
    await at.look(guardian, saleId, nowMs - 61_000);
    await moved(saleId, after);
    // What this look has read of the sale is from before.
    const state = await at.look(guardian, saleId, nowMs - 59_000, {}, { startsAtMs: before });
    expect(await kindsOf(saleId)).toEqual(["rules", "settings", "rules", "closing"]);
    expect(state.rules?.startsAtMs).toBe(after);
  });

  test("to before what its log says, as an older version let be: nobody's turn begins before that", async () => {
    const { saleId, guardian } = await drawn(aRoom, [1, 1]);
    const { rules } = await at.logs.read(saleId);
    const sooner = { startsAtMs: rules!.startsAtMs - 10_000 };
    const look = (atMs: number) => at.look(guardian, saleId, atMs, {}, sooner);
    expect((await look(rules!.startsAtMs - 9_000)).steps).toEqual([]);
    const { steps } = await look(rules!.startsAtMs - 3_000);
    expect(steps).toHaveLength(1);
    expect(steps[0]!.holdsFromMs).toBeGreaterThanOrEqual(rules!.startsAtMs);
  });
});

describe("two guardians", () => {
  test("never fork a log, whoever looks when", async () => {
    const nowMs = Date.now();
    const saleId = await at.makeSale(aRoom(nowMs), nowMs - 20_000);
    await at.join(saleId);
    await at.join(saleId);
    const guardians = [at.guardian(), at.guardian(), at.guardian()];
    const all = (atMs: number) => Promise.all(guardians.map((guardian) => at.look(guardian, saleId, atMs)));
    await drawList(saleId, nowMs, all);
    for (const agoMs of [19_000, 18_000, 17_000]) await all(nowMs - agoMs);
    const kinds = await kindsOf(saleId);
    for (const kind of ["rules", "settings", "closing", "root", "key"])
      expect(
        kinds.filter((written) => written === kind),
        kind,
      ).toHaveLength(1);
    const { steps } = await at.logs.read(saleId);
    expect(steps.reduce((sum, { people }) => sum + people, 0)).toBe(2);
  });
});
