import { describe, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { aDraw, aRoom, testDrawnLine } from "../../tests/support/test-drawn-line.ts";
import { testLine } from "../../tests/support/test-line.ts";
import { anActor } from "../../tests/support/test-sale.ts";
import { gateKeys } from "../gate/keys.ts";
import type { SaleId } from "../ids.ts";
import { parseLine } from "../line/log-line.ts";
import { updateSale } from "./update-sale.ts";

const at = testLine(await testStores());
const { buy, drawn } = testDrawnLine(at);
/** Their list closes as long before the opening as a change demands. */
const early = (nowMs: number) => ({ closesAt: new Date(nowMs - 200_000).toISOString() });
const draw = (nowMs: number) => ({ ...aDraw(nowMs), ...early(nowMs) });
const room = (nowMs: number) => aRoom(nowMs, early(nowMs));
const lower = (saleId: SaleId, allocated: number) => updateSale(at, saleId, { allocated }, anActor);
const refused = (promised: number, least: number) => ({
  kind: "conflict",
  why: `${promised} units are promised to people whose turn it is: the allocation cannot go below ${least} until they have bought, or their turns have lapsed`,
});
const allocatedOf = async (saleId: SaleId) => {
  const view = await at.gate.inspect(saleId);
  return view.kind === "found" ? view.stock : null;
};

describe("an allocation that is lowered", () => {
  test("keeps what a draw has promised, whether it was bought or not, until the turns have lapsed", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(draw, [1, 1], { allocated: 5 });
    await at.look(guardian, saleId, nowMs - 19_000);
    await at.look(guardian, saleId, nowMs - 18_000);
    expect(await lower(saleId, 3)).toMatchObject({ kind: "changed" });
    const last = parseLine((await at.logs.texts(saleId, 0)).at(-1)!);
    expect(last).toMatchObject({ kind: "allocation", allocated: 3, role: anActor.role });
    expect(await lower(saleId, 1)).toMatchObject(refused(2, 2));
    expect(await allocatedOf(saleId)).toMatchObject({ allocated: 3, available: 3 });
    expect((await buy(saleId, people[0]!)).kind).toBe("reserved");
    expect(await lower(saleId, 1)).toMatchObject(refused(1, 2));
    await at.redis.hincrby(gateKeys(saleId).gate, "line_served_ms", 400_000);
    await at.look(guardian, saleId, Date.now());
    // The lapse is written, and holds in a few seconds.
    expect(await lower(saleId, 1)).toMatchObject(refused(1, 2));
    expect((await buy(saleId, people[1]!)).kind).toBe("reserved");
    expect(await lower(saleId, 2)).toMatchObject({ kind: "changed" });
  });

  test("makes a guardian that counted before it count anew", async () => {
    const { saleId, nowMs } = await drawn(draw, [1, 1, 1], { allocated: 3 });
    const counts = {
      tendLine: async (...asked: Parameters<typeof at.gate.tendLine>) => {
        const reply = await at.gate.tendLine(...asked);
        if (hasLowered) return reply;
        hasLowered = true;
        expect(await lower(saleId, 1)).toMatchObject({ kind: "changed" });
        return reply;
      },
    };
    let hasLowered = false;
    const guardian = at.guardian({ gate: { ...at.gate, ...counts } });
    expect((await at.look(guardian, saleId, nowMs - 19_000)).steps).toEqual([]);
    expect((await at.look(guardian, saleId, nowMs - 18_000)).steps).toMatchObject([{ people: 1 }]);
  });

  test("goes down to what is taken where turns are chances", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(room, [1, 1], { allocated: 3 });
    await at.look(guardian, saleId, nowMs - 19_000);
    await at.look(guardian, saleId, nowMs - 18_000);
    expect((await buy(saleId, people[0]!)).kind).toBe("reserved");
    expect(await lower(saleId, 1)).toMatchObject({ kind: "changed" });
    expect((await buy(saleId, people[1]!)).kind).toBe("sold_out");
  });
});
