import { describe, expect, test } from "vitest";
import type { AuditLog } from "../../core/contract/audit.ts";
import type { SaleNumbers } from "../../core/contract/admin.ts";
import type { SaleList } from "../../core/contract/sale.ts";
import type { SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { tokenOf } from "../support/test-api.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";
import { testSchedules } from "./support.ts";

const sales = await testSchedules(await testCloud());

const MINUTE_MS = 60_000;
const KEYS_OF_A_GATE = 1;
const later = (ms: number) => new Date(Date.now() + ms).toISOString();
const publish = (saleId: SaleId, settings: object = {}) =>
  sales.operate(saleId, { visibility: "listed", ...settings });
const newDraft = (settings: object = {}) =>
  sales.newSale({ visibility: "draft", startsAt: later(60 * MINUTE_MS), ...settings });
const actionsOf = async (saleId: SaleId) => {
  const token = tokenOf(aBuyer(), "viewer");
  const { body } = await sales.call(`GET /api/admin/sales/${saleId}/audit`, { token });
  return (body as unknown as AuditLog).entries.map(({ action }) => action).toReversed();
};

/** What shoppers, bots and search engines may ask of a sale, with script and without. */
const publicRoutes = (saleId: SaleId) => [
  `GET /api/sale/status/${saleId}`,
  `GET /api/sale/${saleId}/line`,
  `GET /api/sale/${saleId}/line/entry`,
  `POST /api/sale/${saleId}/line/entry`,
  `GET /api/sale/${saleId}/fairness`,
  `GET /page/en/sale/${saleId}`,
  `GET /plain/en/sale/${saleId}`,
  `GET /plain/de/calendar/${saleId}`,
];

describe.concurrent("a draft", { timeout: 60_000 }, () => {
  test.each(["open", "waiting_room"])(
    "with the mode %s is nothing to anybody but staff, and costs the guardian nothing",
    async (kind) => {
      const closesAt = later(30 * MINUTE_MS);
      const pace = { admissionsPerSecond: 1, mostInside: 10 };
      const saleId = await newDraft({ mode: kind === "open" ? { kind } : { kind, closesAt, ...pace } });
      for (const route of publicRoutes(saleId)) {
        const body = route.startsWith("POST") ? { quantity: 1 } : undefined;
        const answer = await sales.call(route, { token: tokenOf(aBuyer()), body });
        expect([route, answer.status]).toEqual([route, 404]);
      }
      expect(await sales.buy(saleId)).toMatchObject({ status: 404, body: { kind: "not_found" } });
      const lists = await Promise.all(
        ["GET /api/sales", "GET /api/sales/past/newest"].map((route) => sales.call(route)),
      );
      for (const { text } of lists) expect(text).not.toContain(saleId);
      const stored = await sales.snapshotOf(saleId);
      expect(stored).toMatchObject({ copies: [], ledger: [], rows: [], row: { epoch: 0 } });
      expect([await sales.keysOf(saleId), await sales.isGuarded(saleId)]).toEqual([0, false]);
      expect(await sales.watch(saleId)).toMatchObject({
        visibility: "draft",
        stock: { available: 5, sold: 0 },
      });
    },
  );

  test("is changed freely, and publishing names what stands in its way", async () => {
    const saleId = await newDraft();
    expect(await sales.operate(saleId, { startsAt: later(-MINUTE_MS), allocated: 2 })).toMatchObject({
      status: 200,
      body: { visibility: "draft" },
    });
    expect(await publish(saleId, { purchaseLimit: 3 })).toMatchObject({
      status: 409,
      body: { kind: "conflict", errors: [{ field: "startsAt" }, { field: "purchaseLimit" }] },
    });
    expect(await publish(saleId, { startsAt: later(MINUTE_MS) })).toMatchObject({
      status: 200,
      body: { visibility: "listed", phase: "scheduled", stock: { available: 2 } },
    });
    expect((await sales.call(`GET /api/sale/status/${saleId}`)).status).toBe(200);
    expect(await actionsOf(saleId)).toEqual(["created", "changed", "published"]);
  });

  test("that is published by twenty at once gets one gate, one revision and one line in the log", async () => {
    const saleId = await newDraft();
    const answers = await Promise.all(Array.from({ length: 20 }, () => publish(saleId)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    const { epoch, revision, stock } = await sales.watch(saleId);
    const revisions = answers.map(({ body }) => (body as unknown as SaleNumbers).revision);
    expect([epoch, new Set(revisions)]).toEqual([1, new Set([revision])]);
    expect(stock).toMatchObject({ available: 5, sold: 0 });
    expect(await actionsOf(saleId)).toEqual(["created", "published"]);
    expect(await sales.recoveriesOf(saleId)).toEqual([]);
  });

  test("that opens while it is asked for sells exactly what there is, and says nothing untrue before", async () => {
    const saleId = await newDraft();
    const startsAt = later(1_500);
    const kinds = new Set<string>();
    let isOver = false;
    const crowd = Array.from({ length: 8 }, async () => {
      while (!isOver) {
        const { status, body } = await sales.buy(saleId);
        kinds.add(status === 202 ? "accepted" : (body?.kind ?? ""));
        isOver ||= body?.kind === "sold_out";
      }
    });
    await publish(saleId, { startsAt });
    await Promise.all(crowd);
    expect(
      [...kinds].filter((kind) => !["accepted", "not_found", "not_open", "lost", "sold_out"].includes(kind)),
    ).toEqual([]);
    await waitFor("all rows are there", async () => (await sales.watch(saleId)).orders.soldUnits === 5);
    expect((await sales.watch(saleId)).stock).toMatchObject({ available: 0, sold: 5 });
    expect(await sales.driftUnits(saleId)).toBe(0);
  });

  test("whose publishing is cut off before its gate was loaded is lost, and the guardian brings it to life", async () => {
    const saleId = await newDraft();
    await expect(sales.changeAndDie(saleId, { visibility: "listed" })).rejects.toThrow("killed");
    expect((await sales.watch(saleId)).visibility).toBe("listed");
    expect(await sales.keysOf(saleId)).toBe(0);
    expect(await sales.buy(saleId)).toMatchObject({ status: 404 });
    expect(await publish(saleId)).toMatchObject({ status: 200 });
    expect(await sales.buy(saleId)).toMatchObject({ status: 503, body: { kind: "lost" } });
    const guardian = sales.newGuardian();
    await waitFor("the gate is there", async () => {
      await guardian.look(saleId);
      return (await sales.keysOf(saleId)) >= KEYS_OF_A_GATE;
    });
    expect(await sales.buy(saleId)).toMatchObject({ status: 403, body: { kind: "not_open" } });
    expect((await sales.watch(saleId)).stock).toMatchObject({ available: 5, sold: 0 });
  });

  test("is created once, however often it is asked for, and found again once it is published", async () => {
    const [token, key] = [tokenOf(aBuyer(), "operator"), crypto.randomUUID()];
    const body = {
      name: "Boot",
      priceMinor: 1,
      currency: "EUR",
      allocated: 5,
      visibility: "draft",
      startsAt: later(60 * MINUTE_MS),
    };
    const create = () => sales.call("POST /api/admin/sales", { token, key, body });
    const saleIds = await Promise.all([create(), create()]);
    const ids = new Set(saleIds.map((answer) => answer.body!.saleId!));
    expect(ids.size).toBe(1);
    const [saleId] = [...ids] as [SaleId];
    await publish(saleId);
    expect(await create()).toMatchObject({ status: 201, body: { saleId, visibility: "listed" } });
    expect((await sales.watch(saleId)).epoch).toBe(1);
  });
});

test("an unlisted sale is bought by whoever has its address, and is in no list", async () => {
  const listed = await sales.newSale();
  const saleId = await sales.newSale({ visibility: "unlisted" });
  const lists = async () => (await sales.call("GET /api/sales")).body as unknown as SaleList;
  await waitFor("the list is read anew", async () =>
    (await lists()).sales.some((sale) => sale.saleId === listed),
  );
  expect((await lists()).sales.map((sale) => sale.saleId)).not.toContain(saleId);
  expect((await sales.call(`GET /api/sale/status/${saleId}`)).status).toBe(200);
  await sales.accepted(saleId);
  await sales.operate(saleId, { visibility: "listed" });
  await waitFor("it is listed", async () => (await lists()).sales.some((sale) => sale.saleId === saleId));
});
