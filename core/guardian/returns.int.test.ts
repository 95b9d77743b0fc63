import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testLine } from "../../tests/support/test-line.ts";
import { aBuyer } from "../../tests/support/test-sale.ts";
import { reservationOf } from "../../tests/gate/test-gate.ts";
import type { SaleId } from "../ids.ts";
import { joinLine } from "../line/join.ts";
import { parseLine } from "../line/log-line.ts";
import type { Reservation } from "../reservation/reservation.ts";
import { guardedSales } from "./guarded-sales.postgres.ts";

const stores = await testStores();
const at = testLine(stores);
const held = { kind: "held", holdSeconds: 600 } as const;

const kindsOf = async (saleId: SaleId) =>
  (await at.logs.texts(saleId, 0)).map((text) => parseLine(text).kind);
const asked = (saleId: SaleId, quantity = 1) =>
  ({ saleId, buyerId: aBuyer(), quantity, language: "en" }) as const;
const modeOf = async (saleId: SaleId) =>
  (await guardedSales(at.db, [saleId]))[0]?.mode as { kind: string; returnsSince?: string };

/** An open sale that is paid for, with its units in unpaid holds. */
async function soldOut(units = 1) {
  const nowMs = Date.now();
  const saleId = await at.makeSale({ kind: "open" }, nowMs - 60_000, { allocated: units, payment: held });
  const holds: Reservation[] = [];
  for (let i = 0; i < units; i++) holds.push(reservationOf(await at.reserve(saleId)));
  const guardian = at.guardian();
  const look = (afterMs: number, changed = {}) =>
    at.look(guardian, saleId, nowMs + afterMs, { outboxLength: 0, ...changed });
  const comesBack = (index: number) => at.gate.settle({ ...holds[index]!, unitsLeft: 0, unitsWithheld: 0 });
  return { saleId, nowMs, holds, look, comesBack };
}

/** So many people wait, and their list is drawn. */
async function waiting(people: number, units = 1) {
  const scene = await soldOut(units);
  const { saleId, look } = scene;
  const joined = [];
  for (let i = 0; i < people; i++) joined.push(await at.join(saleId));
  await look(0);
  await look(100);
  await look(31_000);
  await look(40_000);
  await at.bringRound(saleId, 0);
  await look(60_000);
  return { ...scene, joined };
}

type Joined = Awaited<ReturnType<typeof at.join>>;
async function buy(saleId: SaleId, { buyerId, ticket }: Joined) {
  const turn = await at.turnOf(saleId, buyerId, ticket);
  if (turn.kind !== "reached") return turn;
  return at.reserve(saleId, { buyerId, turn: turn.turn });
}

/** Units that come back to a sold-out sale wait until nobody answers "sold out" from memory. */
const untilRestocked = () => new Promise((resume) => setTimeout(resume, 1_600));

test("one waits only while every unit is taken and some are not paid for, each for one unit", async () => {
  const free = await at.makeSale({ kind: "open" }, Date.now() - 60_000);
  expect(await joinLine(at.joining, asked(free))).toEqual({ kind: "no_line" });
  const { saleId, holds } = await soldOut(1);
  expect(await joinLine(at.joining, asked(saleId, 2))).toEqual({ kind: "over_limit", purchaseLimit: 1 });
  expect((await joinLine(at.joining, asked(saleId))).kind).toBe("joined");
  const paid = await soldOut(1);
  await at.gate.settle({ ...paid.holds[0]!, unitsLeft: 1, unitsWithheld: 0 });
  expect(await joinLine(at.joining, asked(paid.saleId))).toEqual({ kind: "line_closed" });
  const left = await at.makeSale({ kind: "open" }, Date.now() - 60_000, { allocated: 2, payment: held });
  await at.reserve(left);
  expect(await joinLine(at.joining, asked(left))).toEqual({ kind: "no_line" });
  const unknown = { ...at.joining, stockOf: async () => null };
  const other = await soldOut(1);
  expect(await joinLine(unknown, asked(other.saleId))).toEqual({ kind: "join_unknown" });
  expect(holds).toHaveLength(1);
});

test("the first who waits makes the sale go by turns: recorded, then in the gate, then in the log", async () => {
  const { saleId, look, comesBack, nowMs } = await soldOut(1);
  await look(0);
  expect(await modeOf(saleId)).toEqual({ kind: "open" });
  await at.join(saleId);
  await look(100);
  expect(await modeOf(saleId)).toEqual({ kind: "open", returnsSince: new Date(nowMs + 100).toISOString() });
  expect(await kindsOf(saleId)).toEqual([]);
  expect(await at.gate.inspect(saleId)).toMatchObject({ mode: { kind: "returns" } });
  await look(200);
  expect(await kindsOf(saleId)).toEqual(["rules", "settings"]);
  await comesBack(0);
  await untilRestocked();
  const stranger = { buyerId: aBuyer() };
  expect(await at.reserve(saleId, stranger)).toMatchObject({ kind: "not_your_turn", reason: "no_ticket" });
});

test("each unit that comes back is the next one's alone, and nobody else's while their turn lasts", async () => {
  const { saleId, look, comesBack, joined } = await waiting(3, 2);
  expect((await look(61_000)).steps).toEqual([]);
  await comesBack(0);
  expect((await look(62_000)).steps).toMatchObject([{ step: 1, people: 1 }]);
  expect((await look(63_000)).steps).toHaveLength(1);
  await comesBack(1);
  const state = await look(64_000);
  expect(state.steps).toMatchObject([{ people: 1 }, { people: 1 }]);
  // The gate's own clock goes by the real time: it is told of the steps as they hold by now.
  const real = Date.now() - 1_000;
  const rows = state.steps.map((step) => ({ ...step, holdsFromMs: real }));
  const epoch = 1;
  await at.gate.tendLine({
    saleId,
    fence: 1,
    epoch,
    steps: 2,
    lapsedSteps: 0,
    lapsesAfterMs: 305_000,
    lapsesFromMs: 0,
    rows,
    bought: [],
    isWhole: true,
  });
  await untilRestocked();
  const outcomes = [];
  for (const buyer of joined) outcomes.push((await buy(saleId, buyer)).kind);
  expect(outcomes.toSorted()).toEqual(["not_your_turn", "reserved", "reserved"]);
});

test("a turn that nobody uses lapses, and the unit goes to the next one once that holds", async () => {
  const { saleId, look, comesBack } = await waiting(2);
  await comesBack(0);
  await look(61_000);
  await look(62_000);
  await at.redis.hset(`{${saleId}.0}:steps`, "from:1", "-400000");
  const lapsing = await look(63_000);
  expect(lapsing).toMatchObject({
    lapsedSteps: 1,
    steps: [{ step: 1, lapsesAtMs: expect.any(Number) as number }],
  });
  const { length } = lapsing.steps;
  expect(length).toBe(1);
});

test("once every unit is paid for the line closes with that word, and goes on if one comes back", async () => {
  const { saleId, look, holds } = await waiting(2);
  const all = { allocated: 1, available: 0, held: 0, sold: 1, withheld: 0 };
  const sale = (await guardedSales(at.db, [saleId]))[0]!;
  const guardian = at.guardian();
  const state = await at.look(
    guardian,
    saleId,
    Date.now() + 65_000,
    { outboxLength: 0, stock: all },
    { ...sale, sold: 1 },
  );
  expect(state.end).toBe("sold_out");
  expect(await joinLine(at.joining, asked(saleId))).toEqual({ kind: "line_closed" });
  await at.gate.settle({ ...holds[0]!, unitsLeft: 0, unitsWithheld: 0 });
  expect(await look(70_000)).toMatchObject({ end: null, steps: [{ people: 1 }] });
});

test("a gate that was lost comes back going by turns", async () => {
  const { saleId } = await waiting(1);
  await at.redis.flushdb();
  const recovery = await at.rebuild.begin(saleId, 1);
  const filling = {
    epoch: 2,
    allocated: 1,
    buyers: new Map(),
    unsettled: [],
    soldUnits: 0,
    heldUnits: 0,
    holds: [],
    withheldUnits: 0,
    places: 1,
  };
  await at.rebuild.refill(recovery, filling, async () => {});
  await at.rebuild.open(recovery, filling, (await guardedSales(at.db, [saleId]))[0]!);
  expect((await at.reserve(saleId)).kind).toBe("not_your_turn");
});

const dies = () => Promise.reject(new Error("killed"));

test("all for whom a unit came back are told by mail, however many came back at once: holds of one second end in one", async () => {
  const units = 41;
  const { saleId, look, comesBack } = await waiting(units, units);
  for (let i = 0; i < units; i++) await comesBack(i);
  expect((await look(62_000)).steps).toMatchObject([{ people: units }]);
  expect((await at.turnMails.owed()).filter((owed) => owed.saleId === saleId)).toMatchObject([{ step: 1 }]);
});

test("a guardian that dies while the line begins, or between a return and its turn, leaves what the next one does", async () => {
  const { saleId, nowMs, comesBack } = await soldOut(1);
  await at.join(saleId);
  const look = (duty: ReturnType<typeof at.guardian>, afterMs: number) =>
    at.look(duty, saleId, nowMs + afterMs, { outboxLength: 0 });
  // Recorded, and the gate was not told: its settings are brought to it by another duty.
  const beforeGate = at.guardian({ gate: { ...at.gate, configure: dies } });
  await expect(look(beforeGate, 100)).rejects.toThrow("killed");
  await look(at.guardian(), 200);
  expect(await kindsOf(saleId)).toEqual([]);
  const sale = (await guardedSales(at.db, [saleId]))[0]!;
  await at.gate.configure(sale, "committed");
  // Whoever reads a list has seen it closed for a while.
  const next = at.guardian();
  for (const afterMs of [1_000, 31_000, 40_000]) await look(next, afterMs);
  await at.bringRound(saleId, 0);
  await look(at.guardian(), 60_000);
  await comesBack(0);
  // Owed to its people, and the step is not in the log.
  const beforeStep = at.guardian({ logs: { ...at.logs, append: dies } });
  await expect(look(beforeStep, 61_000)).rejects.toThrow("killed");
  const state = await look(at.guardian(), 62_000);
  expect(state.steps).toMatchObject([{ step: 1, people: 1 }]);
  expect((await at.turnMails.owed()).filter((owed) => owed.saleId === saleId)).toMatchObject([{ step: 1 }]);
});
