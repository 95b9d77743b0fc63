import { describe, expect, test } from "vitest";
import type { LineView } from "../../core/contract/line.ts";
import type { SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { testLine } from "../support/test-line.ts";
import { aBuyer } from "../support/test-sale.ts";

const cloud = await testCloud();
const { call, newSale, operate } = testApi(cloud.apiUrl);
const { guardian, look, bringRound } = testLine(cloud);

const HOUR_MS = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();
const roomAt = (startsAtMs: number) => ({
  mode: {
    kind: "waiting_room" as const,
    closesAt: iso(startsAtMs - 600_000),
    admissionsPerSecond: 100,
    mostInside: 1_000,
  },
  startsAt: iso(startsAtMs),
  purchaseLimit: 3,
});
const join = async (saleId: SaleId, token: string, quantity = 1) =>
  call(`POST /api/sale/${saleId}/line/entry`, { token, body: { quantity } });

/** A room that opens in an hour, by whose guardian list 0 has been drawn already, and the ticket of somebody in it. */
async function drawnRoom() {
  const startsAtMs = Date.now() + HOUR_MS;
  const saleId = await newSale(roomAt(startsAtMs));
  const token = tokenOf(aBuyer());
  expect((await join(saleId, token)).status).toBe(201);
  const duty = guardian();
  await look(duty, saleId, startsAtMs - 119_000);
  await look(duty, saleId, startsAtMs - 100_000);
  await bringRound(saleId, 0);
  await look(duty, saleId, startsAtMs - 20_000);
  return { saleId, startsAtMs, token, duty };
}

describe("once somebody has joined", () => {
  test("the purchase limit is raised and never lowered: whoever asked for 3 can buy 3 in their turn", async () => {
    const saleId = await newSale(roomAt(Date.now() + HOUR_MS));
    expect((await operate(saleId, { purchaseLimit: 2 })).status).toBe(200);
    expect((await operate(saleId, { purchaseLimit: 3 })).status).toBe(200);
    expect((await join(saleId, tokenOf(aBuyer()), 3)).status).toBe(201);
    expect(await operate(saleId, { purchaseLimit: 1 })).toMatchObject({
      status: 409,
      body: {
        detail:
          "people have joined the line for up to this many units: purchaseLimit can be raised, and no longer be lowered",
      },
    });
    expect((await operate(saleId, { purchaseLimit: 4 })).status).toBe(200);
    expect(await operate(saleId, { purchaseLimit: 3 })).toMatchObject({ status: 409 });
  });

  test("the start is moved while list 0 is open", async () => {
    const startsAtMs = Date.now() + HOUR_MS;
    const saleId = await newSale(roomAt(startsAtMs));
    await join(saleId, tokenOf(aBuyer()));
    const sooner = roomAt(startsAtMs - 60_000);
    expect((await operate(saleId, { startsAt: sooner.startsAt, mode: sooner.mode })).status).toBe(200);
    expect((await operate(saleId, { startsAt: iso(startsAtMs) })).status).toBe(200);
  });
});

describe("once list 0 has closed", () => {
  test("the sale opens no earlier than the log says; a later opening is what line and entry show", async () => {
    const { saleId, startsAtMs, token } = await drawnRoom();
    expect(await operate(saleId, { startsAt: iso(startsAtMs - 1) })).toMatchObject({
      status: 409,
      body: {
        detail: `list 0 has closed, and its log says that no turn begins before ${iso(startsAtMs)}: startsAt cannot be earlier than that`,
      },
    });
    const laterMs = startsAtMs + HOUR_MS;
    expect((await operate(saleId, { startsAt: iso(laterMs) })).status).toBe(200);
    const line = (await call(`GET /api/sale/${saleId}/line`)).body as unknown as LineView;
    expect(line.startsAt).toBe(iso(laterMs));
    // A function's copy of the log may be a second old, from before the list was drawn.
    const entry = async () => (await call(`GET /api/sale/${saleId}/line/entry`, { token })).body;
    const shown = { entries: [{ estimate: { from: iso(laterMs), why: "opening" } }] };
    await expect.poll(entry, { timeout: 3_000 }).toMatchObject(shown);
    expect((await operate(saleId, { startsAt: iso(startsAtMs) })).status).toBe(200);
  });

  test("the start stays once the first turns were given", async () => {
    const { saleId, startsAtMs, duty } = await drawnRoom();
    const { steps } = await look(duty, saleId, startsAtMs - 3_000);
    expect(steps).toMatchObject([
      { holdsFromMs: expect.toSatisfy((ms: number) => ms >= startsAtMs) as number },
    ]);
    expect(await operate(saleId, { startsAt: iso(startsAtMs + HOUR_MS) })).toMatchObject({
      status: 409,
      body: {
        detail: "the first turns have been given: startsAt can no longer be moved; pause the sale instead",
      },
    });
  });
});
