import { describe, expect, test } from "vitest";
import { testStores } from "../../../tests/support/stores.ts";
import { aRoom, testDrawnLine } from "../../../tests/support/test-drawn-line.ts";
import { testLine } from "../../../tests/support/test-line.ts";
import { sha256Hex } from "../../line/bytes.ts";
import { parseLine } from "../../line/log-line.ts";
import type { SaleId } from "../../ids.ts";
import type { Comparison } from "../../reconciliation/compare-stores.ts";
import type { SaleEntry } from "../../reservation/ledger.ts";
import { guardedSales } from "../guarded-sales.postgres.ts";
import { publishDuty } from "./publish-duty.ts";

const at = testLine(await testStores());
const { buy, drawn } = testDrawnLine(at);

/** All orders as the ledger has them: once the sale is over each is decided, and the log says that the line has ended. */
async function ledgerOf(
  saleId: SaleId,
  state: "running" | "ended",
  behind?: "log" | "copies",
): Promise<SaleEntry[]> {
  const entries = await at.ledger.ofSale(saleId);
  if (state === "running") return entries;
  const log = await at.logs.read(saleId);
  if (log.end === null && behind !== "log")
    await at.logs.append(saleId, log, { kind: "end", reason: "ended" }, log.atMs);
  return entries.map((entry) =>
    entry.state.kind === "reserved" && behind !== "copies"
      ? { ...entry, state: { ...entry.state, kind: "confirmed" } }
      : entry,
  );
}

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
      const ledger = [...(await ledgerOf(saleId, state)), ...strangers];
      const report = { differences: [], driftUnits: 0, inFlight: 0, unpaid: 0, undecided: 0, deadLetters: 0 };
      const comparison = { facts: { ledger }, report } as unknown as Comparison;
      await duty({ sale: { ...sale, state }, view, fence: 1, comparison, isSettled: false });
    };
    await publish("running");
    expect(await at.files.orders(saleId)).toEqual({ count: 1, pages: 1, isFinal: false });
    expect(await at.files.orderPage(saleId, 0)).toContain(` 1 ${people[0]!.receipt.leaf} 1 1 1 reserved `);
    await publish("ended");
    expect(await at.files.orders(saleId)).toEqual({ count: 1, pages: 1, isFinal: true });
    expect(await at.files.orderPage(saleId, 0)).toContain(" 1 confirmed ");
    const [bought] = await at.ledger.ofSale(saleId);
    const stranger = { ...bought!, reservation: { ...bought!.reservation, leaf: "ff".repeat(32) } };
    await publish("running", [stranger]);
    expect(rung).toEqual([0, 0, 1]);
  });
});

/** A room in which one has bought, its sale as the guardian has it, and a duty that publishes its orders. */
async function someOrders() {
  const { saleId, people, guardian, nowMs } = await drawn(aRoom, [1, 1, 1]);
  await at.look(guardian, saleId, nowMs - 19_000);
  await at.look(guardian, saleId, nowMs - 18_000);
  const orders = [];
  for (const person of people) {
    const reply = await buy(saleId, person);
    if (reply.kind !== "reserved") throw new Error(reply.kind);
    orders.push(reply.reservation);
  }
  const sale = (await guardedSales(at.db)).find((guarded) => guarded.saleId === saleId)!;
  const view = await at.gate.inspect(saleId);
  if (view.kind !== "found") throw new Error(view.kind);
  const warnings: string[] = [];
  const newDuty = (files: Partial<typeof at.files> = {}, logs: Partial<typeof at.logs> = {}) =>
    publishDuty({
      files: { ...at.files, ...files },
      logs: { ...at.logs, ...logs },
      measure: () => {},
      warn: (what) => void warnings.push(what),
    });
  /**
   * @param inFlight orders that are on their way, so that the sale is not settled.
   * @param behind what is: the log does not say that the line has ended, or no copy that its order is decided.
   */
  const publish = async (
    duty: ReturnType<typeof newDuty>,
    afterMs: number,
    state: "running" | "ended" = "running",
    inFlight = 0,
    behind?: "log" | "copies",
    fence = 1,
  ) => {
    const ledger = await ledgerOf(saleId, state, behind);
    const report = { differences: [], driftUnits: 0, inFlight, unpaid: 0, undecided: 0, deadLetters: 0 };
    const comparison = { facts: { ledger }, report } as unknown as Comparison;
    const atMs = { nowMs: view.nowMs + afterMs };
    const look = { fence, comparison, isSettled: false };
    return duty({ sale: { ...sale, state }, view: { ...view, ...atMs }, ...look });
  };
  const bindings = async () =>
    (await at.logs.texts(saleId, 0)).map(parseLine).filter((line) => line.kind === "orders");
  return { saleId, orders, newDuty, publish, bindings, warnings };
}

describe("of two guardians", () => {
  test("the one that was frozen with an older table puts it over no newer one", async () => {
    const { saleId, orders, newDuty, publish, bindings } = await someOrders();
    await at.ledger.put(orders[0]!);
    const later = async () => {
      for (const order of orders.slice(1)) await at.ledger.put(order);
      await publish(newDuty(), 31_000, "ended", 0, undefined, 2);
    };
    const putOrders: typeof at.files.putOrders = async (...asked) => {
      await later();
      return at.files.putOrders(...asked);
    };
    await publish(newDuty({ putOrders }), 0);
    expect(await bindings()).toMatchObject([{ count: 3 }]);
    expect(await at.files.orders(saleId)).toEqual({ count: 3, pages: 1, isFinal: true });
    expect((await at.files.orderPage(saleId, 0))?.trimEnd().split("\n")).toHaveLength(3);
  });

  test("the one that comes back publishes what the other has unsaid, though it said it before", async () => {
    const { saleId, orders, newDuty, publish } = await someOrders();
    for (const order of orders) await at.ledger.put(order);
    const duty = newDuty();
    await publish(duty, 0, "ended", 0, undefined, 1);
    await publish(newDuty(), 1_000, "running", 1, undefined, 2);
    expect(await at.files.orders(saleId)).toMatchObject({ isFinal: false });
    await publish(duty, 2_000, "ended", 0, undefined, 3);
    expect(await at.files.orders(saleId)).toMatchObject({ isFinal: true });
  });
});

describe("what the log binds of the orders", () => {
  test("all at once where nothing is on its way: no comparison follows until something moves", async () => {
    const { orders, newDuty, publish, bindings } = await someOrders();
    for (const order of orders) await at.ledger.put(order);
    await publish(newDuty(), 0);
    expect(await bindings()).toMatchObject([{ count: 3, place: 3, late: [] }]);
  });

  test("all of half a minute ago, each once, by whichever guardian; late ones are named, and final is what is bound", async () => {
    const { saleId, orders, newDuty, publish, bindings, warnings } = await someOrders();
    const [first, late, third] = orders;
    await at.ledger.put(first!);
    await at.ledger.put(third!);
    const duty = newDuty();
    await publish(duty, 0, "running", 1);
    expect(await bindings()).toEqual([]);
    await publish(duty, 31_000, "running", 1);
    await publish(newDuty(), 32_000);
    expect(await bindings()).toMatchObject([{ count: 2, place: 3, late: [] }]);
    await at.ledger.put(late!);
    await publish(newDuty(), 33_000, "ended");
    expect(await bindings()).toMatchObject([{}, { count: 3, place: 3, late: [expect.any(String)] }]);
    expect(await at.files.orders(saleId)).toEqual({ count: 3, pages: 1, isFinal: true });
    await publish(newDuty(), 34_000, "ended");
    expect(await bindings()).toHaveLength(2);
    expect(warnings).toEqual([]);
  });

  test("a guardian that dies before its line, or is overtaken, leaves nothing final; the next one goes on", async () => {
    const { saleId, orders, newDuty, publish, bindings } = await someOrders();
    for (const order of orders) await at.ledger.put(order);
    const dies = { append: () => Promise.reject(new Error("killed")) };
    await expect(publish(newDuty({}, dies), 31_000, "ended")).rejects.toThrow("killed");
    expect(await publish(newDuty({}, { append: async () => null }), 31_000, "ended")).toBe("done");
    expect(await at.files.orders(saleId)).toEqual({ count: 3, pages: 1, isFinal: false });
    await publish(newDuty(), 31_000, "ended");
    expect(await bindings()).toMatchObject([{ count: 3 }]);
    expect(await at.files.orders(saleId)).toMatchObject({ isFinal: true });
  });

  test("orders that are not those which it binds ring, and are not bound anew", async () => {
    const { orders, newDuty, publish, bindings, warnings } = await someOrders();
    await at.ledger.put(orders[0]!);
    await publish(newDuty(), 31_000);
    const duty = newDuty();
    const ofSale = at.ledger.ofSale.bind(at.ledger);
    const changed = async (...asked: Parameters<typeof ofSale>) =>
      (await ofSale(...asked)).map((entry) => ({
        ...entry,
        reservation: { ...entry.reservation, quantity: 9 },
      }));
    at.ledger.ofSale = changed;
    try {
      await publish(duty, 62_000, "ended");
    } finally {
      at.ledger.ofSale = ofSale;
    }
    expect(warnings).toEqual(["orders are not what the log binds"]);
    expect(await bindings()).toHaveLength(1);
  });
});

/** Orders, of which the ledger says so. */
async function somePast() {
  const some = await someOrders();
  for (const order of some.orders) await at.ledger.put(order);
  const ofSale = at.ledger.ofSale.bind(at.ledger);
  const publish = async (
    unitsLeft: readonly number[],
    afterMs: number,
    state: "running" | "ended" = "ended",
    duty = some.newDuty(),
  ) => {
    at.ledger.ofSale = async (...asked) =>
      (await ofSale(...asked))
        .toSorted((a, b) => a.reservation.place - b.reservation.place)
        .map((entry, i) => {
          const kind = unitsLeft[i]! > 0 ? ("confirmed" as const) : ("returned" as const);
          return { ...entry, state: { ...entry.state, kind, unitsLeft: unitsLeft[i]! } };
        });
    try {
      return await some.publish(duty, afterMs, state);
    } finally {
      at.ledger.ofSale = ofSale;
    }
  };
  const said = async () =>
    (await at.logs.texts(some.saleId, 0)).map(parseLine).filter((line) => line.kind === "units");
  return { ...some, publish, said };
}

describe("what the log says of what became of the orders", () => {
  test("nothing while it runs; all once it is over; then each change, and what was; the table is final only then", async () => {
    const { saleId, orders, publish, said, newDuty, warnings } = await somePast();
    await publish([1, 1, 1], 0, "running");
    expect(await said()).toEqual([]);
    await publish([1, 1, 1], 1_000);
    expect(await said()).toMatchObject([{ count: 3, unitsLeft: 3, changed: [] }]);
    expect(await at.files.orders(saleId)).toMatchObject({ isFinal: true });
    await publish([1, 1, 1], 2_000);
    expect(await said()).toHaveLength(1);
    const overtaken = newDuty({}, { append: async () => null });
    expect(await publish([1, 0, 1], 3_000, "ended", overtaken)).toBe("done");
    expect(await at.files.orders(saleId)).toMatchObject({ isFinal: false });
    await publish([1, 0, 1], 4_000);
    const was = `${sha256Hex(orders[1]!.orderId)} 1 confirmed`;
    expect(await said()).toMatchObject([{}, { count: 3, unitsLeft: 2, changed: [was] }]);
    await publish([1, 0, 0], 5_000);
    expect((await said()).map(({ unitsLeft }) => unitsLeft)).toEqual([3, 2, 1]);
    expect(await at.files.orders(saleId)).toMatchObject({ isFinal: true });
    expect(warnings).toEqual([]);
  });

  test("nothing before the log says that the line has ended, and each copy that its order is decided: the sale stays open", async () => {
    const { saleId, orders, newDuty, publish } = await someOrders();
    for (const order of orders) await at.ledger.put(order);
    const kinds = async () => (await at.logs.texts(saleId, 0)).map((text) => parseLine(text).kind);
    expect(await publish(newDuty(), 0, "ended", 0, "log")).toBe("done");
    expect(await publish(newDuty(), 1_000, "ended", 0, "copies")).toBe("done");
    expect(await at.files.orders(saleId)).toMatchObject({ isFinal: false });
    expect(await kinds()).not.toContain("units");
    expect(await publish(newDuty(), 2_000, "ended")).toBe("next");
    expect(await at.files.orders(saleId)).toMatchObject({ isFinal: true });
    expect((await kinds()).at(-1)).toBe("units");
  });

  test("units that come from nowhere ring, and nothing is final", async () => {
    const { saleId, publish, said, warnings } = await somePast();
    await publish([1, 0, 1], 0);
    await publish([1, 1, 1], 1_000);
    expect(warnings).toEqual(["what became of orders is not what the log binds"]);
    expect(await said()).toHaveLength(1);
    expect(await at.files.orders(saleId)).toMatchObject({ isFinal: false });
  });
});
