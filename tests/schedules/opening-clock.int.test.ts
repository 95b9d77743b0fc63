import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import type { SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { testSchedules } from "./support.ts";

const sales = await testSchedules(await testCloud());

const LIMIT = 3;
const BEHIND_MS = -2_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** A sale that opens so soon, by the gate's clock. */
async function opensIn(ms: number): Promise<{ readonly saleId: SaleId; readonly startsAtMs: number }> {
  const startsAtMs = (await sales.gateNowMs()) + ms;
  const settings = { allocated: 10, purchaseLimit: LIMIT, startsAt: iso(startsAtMs) };
  return { saleId: await sales.newSale(settings), startsAtMs };
}

const conflict = { status: 409, body: { kind: "conflict" } } as const;

test.for([
  ["purchaseLimit", 1] as const,
  ["priceMinor", 1] as const,
  ["startsAt", iso(Date.now() + 3_600_000)] as const,
])(
  "a function whose clock is behind cannot change the %s of a sale that has begun by the gate's",
  async ([field, value]) => {
    const { saleId, startsAtMs } = await opensIn(300);
    await sales.untilGateClock(startsAtMs);
    const order = await sales.accepted(saleId, { quantity: LIMIT });
    expect(await sales.decided(order)).toBe("confirmed");
    const before = await sales.snapshotOf(saleId);
    const change = () => sales.operate(saleId, { [field]: value });
    expect(await sales.withFunctionClock(BEHIND_MS, change)).toMatchObject(conflict);
    expect(await sales.snapshotOf(saleId)).toEqual(before);
  },
);

test.for([
  ["behind", BEHIND_MS],
  ["ahead", 600_000],
] as const)(
  "an order bears the name that it was sold under, by a renaming function whose clock is %s",
  async ([, shiftMs]) => {
    const { saleId, startsAtMs } = await opensIn(300);
    await sales.untilGateClock(startsAtMs);
    const orders = [await sales.accepted(saleId)];
    const rename = () => sales.operate(saleId, { name: "Boot" });
    expect(await sales.withFunctionClock(shiftMs, rename)).toMatchObject({ status: 200 });
    orders.push(await sales.accepted(saleId));
    const names = orders.map(({ orderId, buyerId }) => sales.soldAs(orderId, buyerId));
    expect(await Promise.all(names)).toEqual(["Sneaker", "Boot"]);
  },
);

test("a change that waited for the sale's row across the opening comes too late", async () => {
  const { saleId, startsAtMs } = await opensIn(1_500);
  let waiting: ReturnType<typeof sales.operate> | undefined;
  await sales.whileRowIsHeld(saleId, async () => {
    waiting = sales.operate(saleId, { purchaseLimit: 1 });
    await sleep(300);
    expect(await sales.gateNowMs()).toBeLessThan(startsAtMs);
    await sales.untilGateClock(startsAtMs);
    await sales.accepted(saleId, { quantity: LIMIT });
  });
  expect(await waiting).toMatchObject(conflict);
  const { gate, recorded } = await sales.settingsOf(saleId);
  expect(gate).toEqual(recorded);
  expect((await sales.watch(saleId)).purchaseLimit).toBe(LIMIT);
});

test("before the opening by the gate's clock, and by the function's, all of it may change", async () => {
  const { saleId } = await opensIn(3_600_000);
  expect(await sales.operate(saleId, { purchaseLimit: 1, priceMinor: 1 })).toMatchObject({ status: 200 });
  const { gate, recorded } = await sales.settingsOf(saleId);
  expect(gate).toEqual(recorded);
});
