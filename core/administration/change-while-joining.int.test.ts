import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { aDraw, aRoom } from "../../tests/support/test-drawn-line.ts";
import { testLine } from "../../tests/support/test-line.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import { aBuyer, anActor } from "../../tests/support/test-sale.ts";
import type { SaleId } from "../ids.ts";
import { joinLine } from "../line/join.ts";
import { createJoins, type Joins } from "../line/joins.dynamo.ts";
import { findSale } from "../sale/sales.postgres.ts";
import { updateSale } from "./update-sale.ts";

const stores = await testStores();
const at = testLine(stores);
const HOUR_MS = 3_600_000;

/** Its list closes, and its result comes, as long before the opening as a change demands. */
function aSale(): Promise<SaleId> {
  const closesAtMs = Date.now() + HOUR_MS;
  const resultAt = new Date(closesAtMs + 600_000).toISOString();
  const draw = { ...aDraw(closesAtMs), resultAt };
  return at.makeSale(draw, closesAtMs + HOUR_MS, { purchaseLimit: 3 });
}
const toOpen = { mode: { kind: "open" } } as const;
const toRoom = { mode: aRoom(Date.now() + HOUR_MS) };
const changeBy = (
  saleId: SaleId,
  change: Parameters<typeof updateSale>[2],
  others: Partial<typeof at> = {},
) => updateSale({ ...at, ...others }, saleId, change, anActor);
const change = async (saleId: SaleId, others: Partial<typeof at> = {}) =>
  (await changeBy(saleId, toOpen, others)).kind;
/** An instance of its own: it has marked nothing yet. */
const aFunction = (): Joins => createJoins(testTables(stores.dynamoEndpoint), stores.lineTable);

/** Somebody joins for 3 units. @param between what happens once they have read the sale. */
async function join(saleId: SaleId, between = async () => {}, joins = aFunction()) {
  const saleOf = async (id: SaleId) => {
    const sale = await at.records.get(id);
    await between();
    return sale;
  };
  const asked = { saleId, buyerId: aBuyer(), quantity: 3, language: "en" } as const;
  return (await joinLine({ ...at.joining, joins, saleOf }, asked)).kind;
}

const entriesOf = async (saleId: SaleId) => (await at.joins.ofList(saleId, 0)).length;
const modeOf = async (saleId: SaleId) => (await findSale(at.db, saleId))?.mode.kind;
const asLately =
  <T>(call: () => Promise<T>, after: () => Promise<void>) =>
  async () => {
    const answer = await call();
    await after();
    return answer;
  };
const killed = async (): Promise<never> => {
  throw new Error("killed");
};
const look = (saleId: SaleId) => at.look(at.guardian(), saleId, Date.now());

describe("a mode that changes while somebody joins", () => {
  test("after the join has read the sale: nobody is told that they have joined", async () => {
    const saleId = await aSale();
    let changed: string | undefined;
    expect(await join(saleId, async () => void (changed = await change(saleId)))).toBe("join_unknown");
    expect([changed, await modeOf(saleId), await entriesOf(saleId)]).toEqual(["changed", "open", 0]);
  });

  test("between staff's look at the mark and their change: whoever came first keeps the mode", async () => {
    const saleId = await aSale();
    let joined: string | undefined;
    const hasAnyJoined = asLately(
      () => at.joins.hasAnyJoined(saleId),
      async () => void (joined = await join(saleId)),
    );
    expect(await change(saleId, { joins: { ...at.joins, hasAnyJoined } })).toBe("conflict");
    expect([joined, await modeOf(saleId), await entriesOf(saleId)]).toEqual(["joined", "draw", 1]);
  });

  test("between its announcement and its commit: the join begins anew", async () => {
    const saleId = await aSale();
    let joined: string | undefined;
    const announceChange = async (...announced: Parameters<Joins["announceChange"]>) => {
      const reply = await at.joins.announceChange(...announced);
      joined = await join(saleId);
      return reply;
    };
    expect(await change(saleId, { joins: { ...at.joins, announceChange } })).toBe("changed");
    expect([joined, await entriesOf(saleId)]).toEqual(["join_unknown", 0]);
  });

  test("whose copy has not come to the ledger yet: nobody joins by the older one, until a guardian has put it there", async () => {
    const saleId = await aSale();
    const records = { ...at.records, put: killed };
    expect((await changeBy(saleId, toRoom, { records })).kind).toBe("changed");
    expect([await join(saleId), await at.joins.hasAnyJoined(saleId)]).toEqual(["join_unknown", false]);
    await at.records.put((await findSale(at.db, saleId))!);
    expect(await join(saleId)).toBe("joined");
  });

  test("once somebody has joined by the changed sale, nobody joins by the one of before, in no function", async () => {
    for (const isSameFunction of [true, false]) {
      const saleId = await aSale();
      const slow = aFunction();
      const between = async () => {
        expect((await changeBy(saleId, toRoom)).kind).toBe("changed");
        expect(await join(saleId, undefined, isSameFunction ? slow : aFunction())).toBe("joined");
      };
      expect(await join(saleId, between, slow)).toBe("join_unknown");
      expect(await entriesOf(saleId)).toBe(1);
    }
  });
});

test("a purchase limit that is lowered while somebody joins for more leaves nobody with a turn in vain", async () => {
  const lower = { purchaseLimit: 2 };
  const first = await aSale();
  let changed: string | undefined;
  const after = async () => void (changed = (await changeBy(first, lower)).kind);
  expect([await join(first, after), changed, await entriesOf(first)]).toEqual(["join_unknown", "changed", 0]);
  const second = await aSale();
  const hasAnyJoined = asLately(
    () => at.joins.hasAnyJoined(second),
    async () => void (await join(second)),
  );
  expect((await changeBy(second, lower, { joins: { ...at.joins, hasAnyJoined } })).kind).toBe("conflict");
  expect((await findSale(at.db, second))?.purchaseLimit).toBe(3);
});

/** Staff's function dies before the commit, after the announcement or while that is on its way. */
async function diesAnnouncing(saleId: SaleId) {
  let late: (() => Promise<void>) | undefined;
  const announceChange = async (...announced: Parameters<Joins["announceChange"]>) => {
    late = async () => void (await at.joins.announceChange(...announced));
    return killed();
  };
  await expect(change(saleId, { joins: { ...at.joins, announceChange } })).rejects.toThrow("killed");
  return async () => late?.();
}

describe("a change that was announced and came to nothing", () => {
  test("keeps people out until a guardian has looked, however late it arrives", async () => {
    const saleId = await aSale();
    const arrives = await diesAnnouncing(saleId);
    await look(saleId);
    await arrives();
    expect(await join(saleId)).toBe("join_unknown");
    await look(saleId);
    expect([await join(saleId), await modeOf(saleId)]).toEqual(["joined", "draw"]);
  });

  test("changes nothing if it arrives after somebody has joined", async () => {
    const saleId = await aSale();
    const arrives = await diesAnnouncing(saleId);
    expect(await join(saleId)).toBe("joined");
    await arrives();
    expect([await join(saleId), await change(saleId)]).toEqual(["joined", "conflict"]);
  });

  test("does not lift a later one that was committed", async () => {
    const saleId = await aSale();
    const arrives = await diesAnnouncing(saleId);
    // Whoever joins by this revision would get past the dead one's.
    expect((await changeBy(saleId, { name: "Boot" })).kind).toBe("changed");
    const between = async () => {
      expect(await change(saleId)).toBe("changed");
      await arrives();
    };
    expect(await join(saleId, between)).toBe("join_unknown");
  });

  test("is not taken back while staff still commit it", async () => {
    const saleId = await aSale();
    const hasRead = Promise.withResolvers<void>();
    const readMark: Joins["readMark"] = async (id) => {
      const mark = await at.joins.readMark(id);
      hasRead.resolve();
      return mark;
    };
    let looked: Promise<unknown> | undefined;
    const announceChange = async (...announced: Parameters<Joins["announceChange"]>) => {
      const reply = await at.joins.announceChange(...announced);
      // The look finds it announced, and waits for the lock of the sale's row.
      looked = at.look(at.guardian({ joins: { ...at.joins, readMark } }), saleId, Date.now());
      await hasRead.promise;
      await sleep(200);
      return reply;
    };
    const between = async () => {
      expect(await change(saleId, { joins: { ...at.joins, announceChange } })).toBe("changed");
      await looked;
    };
    expect(await join(saleId, between)).toBe("join_unknown");
  });
});

test("a mark from before changes were announced says that somebody has joined", async () => {
  const saleId = await aSale();
  const item = { pk: `${saleId}#line`, sk: "joined" };
  await testTables(stores.dynamoEndpoint).put({ TableName: stores.lineTable, Item: item });
  expect([await at.joins.hasAnyJoined(saleId), await change(saleId), await join(saleId)]).toEqual([
    true,
    "conflict",
    "joined",
  ]);
});
