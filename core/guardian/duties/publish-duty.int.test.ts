import { describe, expect, test } from "vitest";
import { testStores } from "../../../tests/support/stores.ts";
import { aRoom, testDrawnLine } from "../../../tests/support/test-drawn-line.ts";
import { testLine } from "../../../tests/support/test-line.ts";
import type { Comparison } from "../../reconciliation/compare-stores.ts";
import type { SaleEntry } from "../../reservation/ledger.ts";
import { guardedSales } from "../guarded-sales.postgres.ts";
import { publishDuty } from "./publish-duty.ts";

const at = testLine(await testStores());
const { buy, drawn } = testDrawnLine(at);

describe("what is published of the orders", () => {
  test("rings when one has a leaf that is in no list, and is final once the sale is over and settled", async () => {
    const { saleId, people, guardian, nowMs } = await drawn(aRoom, [1, 1]);
    await at.look(guardian, saleId, nowMs - 19_000);
    await at.look(guardian, saleId, nowMs - 18_000);
    const reply = await buy(saleId, people[0]!);
    if (reply.kind !== "reserved") throw new Error(reply.kind);
    await at.ledger.put(reply.reservation);

    const rung: number[] = [];
    const measure = (_name: string, value: number) => rung.push(value);
    const duty = publishDuty({ files: at.files, logs: at.logs, measure, warn: () => {} });
    const sale = (await guardedSales(at.db)).find((guarded) => guarded.saleId === saleId)!;
    const view = await at.gate.inspect(saleId);
    if (view.kind !== "found") throw new Error(view.kind);
    const publish = async (state: "running" | "ended", strangers: readonly SaleEntry[] = []) => {
      const ledger = [...(await at.ledger.ofSale(saleId)), ...strangers];
      const report = { differences: [], driftUnits: 0, inFlight: 0, unpaid: 0, undecided: 0, deadLetters: 0 };
      const comparison = { facts: { ledger }, report } as unknown as Comparison;
      await duty({ sale: { ...sale, state }, view, fence: 1, comparison, isSettled: false });
    };
    await publish("running");
    expect(await at.files.orders(saleId)).toEqual({ count: 1, pages: 1, isFinal: false });
    expect(await at.files.orderPage(saleId, 0)).toContain(` 1 ${people[0]!.receipt.leaf} 1 1 1 reserved `);
    await publish("ended");
    expect(await at.files.orders(saleId)).toEqual({ count: 1, pages: 1, isFinal: true });
    const [bought] = await at.ledger.ofSale(saleId);
    const stranger = { ...bought!, reservation: { ...bought!.reservation, leaf: "ff".repeat(32) } };
    await publish("running", [stranger]);
    expect(rung).toEqual([0, 0, 1]);
  });
});
