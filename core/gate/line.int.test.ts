import { describe, expect, test } from "vitest";
import { aFilling, reservationOf, testGate } from "../../tests/gate/test-gate.ts";
import { testStores } from "../../tests/support/stores.ts";
import { aBuyer } from "../../tests/support/test-sale.ts";
import { type BuyerId, newOrderId, type SaleId } from "../ids.ts";
import { gateKeys } from "./keys.ts";
import { boughtField, type GateStep, type ToldLine, turnField, unitsField } from "./tend-line.ts";

const stores = await testStores();
const { redis, gate, rebuild, load, reserve, nowMs, field, setField } = testGate(stores.redisUrl);

const mode = {
  kind: "waiting_room",
  closesAt: "2026-11-27T08:00:00.000Z",
  listSeconds: 30,
  turnSeconds: 300,
  admissionsPerSecond: 10,
  mostInside: 100,
} as const;
const rank = (digit: string) => `00000000.0.${digit.padEnd(64, "0")}`;
const leaf = "ab".repeat(32);

const aStep = (more: Partial<GateStep> = {}): GateStep => ({
  step: 1,
  after: "",
  upTo: rank("8"),
  quantityAtMost: 100,
  people: 5,
  holdsFromMs: 0,
  lapsesAtMs: null,
  ...more,
});

const tell = (saleId: SaleId, rows: readonly GateStep[], more: Partial<ToldLine> = {}) =>
  gate.tendLine({
    saleId,
    fence: 1,
    epoch: 1,
    steps: rows.length,
    lapsedSteps: 0,
    lapsesAfterMs: 305_000,
    lapsesFromMs: 0,
    rows,
    bought: [],
    isWhole: true,
    ...more,
  });

const turn = (more = {}) => ({ step: 1, rank: rank("4"), list: 0, leaf, quantity: 2, ...more });
const ask = (saleId: SaleId, more: Parameters<typeof reserve>[1] = {}) =>
  reserve(saleId, { turn: turn(), ...more });
const loadLine = (settings = {}) => load({ mode, purchaseLimit: 5, allocated: 20, ...settings });

describe("a sale with a line", () => {
  test("sells by a turn that holds, and the reservation bears its leaf, list and step", async () => {
    const { saleId } = await loadLine();
    await tell(saleId, [aStep()]);
    expect(reservationOf(await ask(saleId))).toMatchObject({ leaf, list: 0, step: 1 });
  });

  test.each([
    ["without a ticket", { turn: null }, [aStep()], { reason: "no_ticket" }],
    ["behind the step", { turn: turn({ rank: rank("9") }) }, [aStep()], { reason: "not_reached" }],
    ["with more units than the step takes", {}, [aStep({ quantityAtMost: 1 })], { reason: "not_reached" }],
    ["before the step holds", {}, [aStep({ holdsFromMs: 9e15 })], { reason: "not_reached" }],
    ["after the step has lapsed", {}, [aStep({ lapsesAtMs: 1 })], { reason: "lapsed" }],
  ])("refuses whoever comes %s", async (_when, attempt, rows, refusal) => {
    const { saleId } = await loadLine();
    await tell(saleId, rows);
    expect(await ask(saleId, attempt)).toMatchObject({ kind: "not_your_turn", ...refusal });
    expect(await field(saleId, "sold")).toBe("0");
  });

  test("lets nobody in by a step that it has not been told of", async () => {
    const { saleId } = await loadLine();
    expect(await ask(saleId)).toEqual({ kind: "recovering" });
    await tell(saleId, [aStep()]);
    expect(await ask(saleId, { turn: turn({ step: 2 }) })).toEqual({ kind: "recovering" });
  });

  test("answers a retry whose first answer was lost in the turn's last second with its order", async () => {
    const { saleId } = await loadLine();
    await tell(saleId, [aStep()]);
    const same = { buyerId: aBuyer(), key: "key-0001" };
    const { orderId } = reservationOf(await ask(saleId, same));
    await tell(saleId, [aStep({ lapsesAtMs: 1 })], { lapsedSteps: 1 });
    expect(await ask(saleId, same)).toMatchObject({ kind: "replayed", orderId });
    expect(await ask(saleId)).toMatchObject({ kind: "not_your_turn", reason: "lapsed" });
  });

  test("sells an entry what it may buy, in as many orders, and no more", async () => {
    const { saleId } = await loadLine();
    await tell(saleId, [aStep()]);
    const buyerId = aBuyer();
    expect(await ask(saleId, { buyerId, quantity: 3 })).toEqual({ kind: "over_turn", unitsLeft: 2 });
    reservationOf(await ask(saleId, { buyerId, quantity: 1 }));
    expect(await ask(saleId, { buyerId, quantity: 2 })).toEqual({ kind: "over_turn", unitsLeft: 1 });
    reservationOf(await ask(saleId, { buyerId, quantity: 1 }));
    expect(await ask(saleId, { buyerId, quantity: 1 })).toEqual({ kind: "over_turn", unitsLeft: 0 });
    const tended = await tell(saleId, [aStep()]);
    expect(tended).toMatchObject({ live: [{ step: 1, bought: 1, units: 2 }] });
    expect(await field(saleId, "line_inside")).toBe("4");
  });
});

describe("a step that a guardian may have lapsed", () => {
  /** As the gate hears of a turn whose time is over: nobody knows yet which line lapses it, and from when on. */
  const mayLapse = { lapsesAfterMs: 0, lapsesFromMs: 0 };

  test("sells for as long as no lapse can hold, and then nothing until the gate is told which one does", async () => {
    const { saleId } = await loadLine();
    await tell(saleId, [aStep()], { lapsesAfterMs: 1, lapsesFromMs: 0 });
    const first = { buyerId: aBuyer(), key: "key-0001" };
    const { orderId } = reservationOf(await ask(saleId, first));
    await tell(saleId, [aStep()], { lapsesAfterMs: 0, lapsesFromMs: (await nowMs()) + 60_000 });
    reservationOf(await ask(saleId));
    await redis.hdel(gateKeys(saleId).steps, "ends:1");
    await tell(saleId, [aStep()], mayLapse);
    expect(await ask(saleId)).toEqual({ kind: "recovering" });
    expect(await ask(saleId, first)).toMatchObject({ kind: "replayed", orderId });
    await tell(saleId, [aStep({ lapsesAtMs: (await nowMs()) + 60_000 })], { lapsedSteps: 1 });
    reservationOf(await ask(saleId));
    await tell(saleId, [aStep({ lapsesAtMs: 1 })], { lapsedSteps: 1 });
    expect(await ask(saleId)).toMatchObject({ kind: "not_your_turn", reason: "lapsed" });
    expect((await redis.hkeys(gateKeys(saleId).steps)).toSorted()).toEqual(["bought:1", "units:1"]);
  });

  test("is so from the first guardian's asking on, whoever asks after it", async () => {
    const { saleId } = await loadLine();
    await tell(saleId, [aStep()], mayLapse);
    await tell(saleId, [aStep()], { ...mayLapse, lapsesFromMs: (await nowMs()) + 60_000, fence: 2 });
    expect(await ask(saleId)).toEqual({ kind: "recovering" });
  });
});

describe("an open sale", () => {
  test("keeps nothing of a line, and a ticket changes nothing", async () => {
    const { saleId } = await load();
    expect(reservationOf(await ask(saleId)).leaf).toBeUndefined();
    const { steps, turns } = gateKeys(saleId);
    expect(await redis.exists(steps, turns)).toBe(0);
  });
});

describe("telling the gate", () => {
  test("twice is once, and an older fence changes nothing", async () => {
    const { saleId } = await loadLine();
    await tell(saleId, [aStep()], { fence: 2 });
    const before = await redis.hgetall(gateKeys(saleId).steps);
    await tell(saleId, [aStep()], { fence: 2 });
    expect(await redis.hgetall(gateKeys(saleId).steps)).toEqual(before);
    expect(await tell(saleId, [aStep({ upTo: rank("9") })])).toEqual({ kind: "fenced" });
    expect(await tell(saleId, [aStep()], { fence: 2, epoch: 2 })).toEqual({ kind: "stale" });
    expect(await redis.hgetall(gateKeys(saleId).steps)).toEqual(before);
  });

  test("time is served only while the sale runs, and while somebody looks", async () => {
    const { saleId } = await loadLine();
    const served = async () => Number(await field(saleId, "line_served_ms"));
    const look = async (agoMs: number) => {
      await setField(saleId, "line_seen_ms", (await nowMs()) - agoMs);
      return tell(saleId, [aStep()]);
    };
    await tell(saleId, [aStep()]);
    expect(await look(1_000)).toMatchObject({ live: [{ step: 1 }] });
    const once = await served();
    expect(once).toBeGreaterThanOrEqual(1_000);
    await setField(saleId, "state", "paused");
    await look(1_000);
    expect(await served()).toBe(once);
    await setField(saleId, "state", "running");
    await look(60_000);
    expect(await served()).toBe(once + 2_000);
  });

  test("a lapsed step goes when its instant has come, and who comes then hears that it has lapsed", async () => {
    const { saleId } = await loadLine();
    await tell(saleId, [aStep(), aStep({ step: 2, after: rank("8"), upTo: rank("9") })]);
    const inAWhile = (await nowMs()) + 60_000;
    await tell(saleId, [aStep({ lapsesAtMs: inAWhile })], { steps: 2, lapsedSteps: 1 });
    reservationOf(await ask(saleId));
    await tell(saleId, [aStep({ lapsesAtMs: 1 })], { steps: 2, lapsedSteps: 1 });
    expect(await redis.hexists(gateKeys(saleId).steps, "1")).toBe(0);
    expect(await ask(saleId)).toMatchObject({ kind: "not_your_turn", reason: "lapsed" });
  });
});

describe("an order of an older epoch that comes late", () => {
  const draw = { kind: "draw", closesAt: mode.closesAt, resultAt: mode.closesAt, turnSeconds: 300 } as const;
  const returns = { kind: "open", returnsSince: mode.closesAt } as const;
  const ran = aStep();
  const lapsing = aStep({ lapsesAtMs: 9e15 });
  const lapsed = aStep({ lapsesAtMs: 1 });

  test.each([
    ["a room: whoever comes first", mode, [lapsed], 1, "adopted"],
    ["a draw: its turn runs", draw, [ran], 0, "adopted"],
    ["a draw: its turn has not lapsed yet", draw, [lapsing], 1, "adopted"],
    ["a draw: its unit may be somebody else's", draw, [lapsed], 1, "refused"],
    ["a draw: the gate was not told of its turn", draw, [], 0, "recovering"],
    ["returns: its unit may be somebody else's", returns, [lapsed], 1, "refused"],
  ] as const)("%s", async (_why, itsMode, rows, lapsedSteps, kind) => {
    const { saleId } = await loadLine({ mode: itsMode });
    await tell(saleId, rows, { lapsedSteps });
    const order = {
      saleId,
      orderId: newOrderId(saleId, 0),
      buyerId: aBuyer(),
      n: 1,
      quantity: 1,
      place: 9,
      epoch: 0,
      keyHash: "key-0001",
      reservedAtMs: 0,
      requestId: "request-1",
      leaf,
      list: 0,
      step: 1,
      entryQuantity: 2,
    };
    expect((await gate.adopt(order)).kind).toBe(kind);
    expect(await field(saleId, "sold")).toBe(kind === "adopted" ? "1" : "0");
  });
});

async function rebuilt() {
  const sale = await loadLine();
  await tell(sale.saleId, [aStep()]);
  const buyerId: BuyerId = aBuyer();
  const recovery = await rebuild.begin(sale.saleId, 1);
  const filling = aFilling({ allocated: 20 });
  await rebuild.refill(recovery, filling, async () => {});
  await rebuild.open(recovery, filling, sale);
  return { saleId: sale.saleId, buyerId, epoch: filling.epoch };
}

describe("a rebuilt gate", () => {
  test("lets nobody in before it has all that entries have bought, and its steps", async () => {
    const { saleId, buyerId, epoch } = await rebuilt();
    expect(await ask(saleId)).toEqual({ kind: "recovering" });
    const bought = [{ hash: "turns" as const, field: turnField(0, buyerId), count: 2 }];
    await tell(saleId, [], { epoch, bought, isWhole: false });
    expect(await ask(saleId)).toEqual({ kind: "recovering" });
    const steps = [
      { hash: "steps" as const, field: boughtField(1), count: 1 },
      { hash: "steps" as const, field: unitsField(1), count: 2 },
    ];
    await tell(saleId, [aStep()], { epoch, bought: steps });
    expect(await ask(saleId, { buyerId })).toEqual({ kind: "over_turn", unitsLeft: 0 });
    expect(await tell(saleId, [aStep()], { epoch })).toMatchObject({ live: [{ bought: 1, units: 2 }] });
  });

  test("counts told late, once it counts by itself, change nothing", async () => {
    const { saleId, buyerId, epoch } = await rebuilt();
    await tell(saleId, [aStep()], { epoch });
    reservationOf(await ask(saleId, { buyerId }));
    const bought = [{ hash: "turns" as const, field: turnField(0, buyerId), count: 0 }];
    await tell(saleId, [aStep()], { epoch, bought });
    expect(await redis.hget(gateKeys(saleId).turns, turnField(0, buyerId))).toBe("1");
  });
});
