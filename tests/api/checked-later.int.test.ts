import { expect, test } from "vitest";
import type { CheckedLater, Entry, JoinAnswer } from "../../core/contract/line.ts";
import type { AuditLog } from "../../core/contract/audit.ts";
import type { SaleId } from "../../core/ids.ts";
import { signIn } from "../../local/sign-in.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { testLine } from "../support/test-line.ts";
import { aBuyer } from "../support/test-sale.ts";

const cloud = await testCloud();
const { call, newSale } = testApi(cloud.apiUrl);
const { guardian, look } = testLine(cloud);
const iso = (ms: number) => new Date(ms).toISOString();

/** List 0 was due a minute ago; without a guardian it is open. */
async function aLine(nowMs = Date.now()) {
  const mode = {
    kind: "waiting_room",
    closesAt: iso(nowMs - 60_000),
    admissionsPerSecond: 5,
    mostInside: 20,
  };
  return newSale({ startsAt: iso(nowMs + 61_000), mode: mode as never });
}

/** Without a puzzle. */
async function join(saleId: SaleId, token: string): Promise<JoinAnswer> {
  const answer = await call(`POST /api/sale/${saleId}/line/entry`, { token, body: {} });
  expect(answer.status).toBe(201);
  return answer.body as unknown as JoinAnswer;
}
const checked = (saleId: SaleId, token = tokenOf(aBuyer(), "viewer")) =>
  call(`GET /api/admin/sales/${saleId}/line/checked-later`, { token });
const undo = (saleId: SaleId, body: object, token = tokenOf(aBuyer(), "operator")) =>
  call(`POST /api/admin/sales/${saleId}/line/checked-later/undo`, { token, body });

test("operators see how many are checked later and why, and move all of a reason back", async () => {
  const saleId = await aLine();
  const [token1, token2] = [tokenOf(aBuyer()), tokenOf(aBuyer())];
  expect((await join(saleId, token1)).receipt.lane).toBe(1);
  await join(saleId, token2);
  const before = (await checked(saleId)).body as unknown as CheckedLater;
  expect(before).toEqual({
    list: 0,
    isOpen: true,
    entries: 2,
    lane1: 2,
    reasons: [{ why: "no_puzzle", entries: 2, undone: 0, isUndone: false }],
  });
  const after = await undo(saleId, { list: 0, why: "no_puzzle" });
  expect(after).toMatchObject({ status: 200, body: { lane1: 0, reasons: [{ undone: 2, isUndone: true }] } });
  const { body } = await call(`GET /api/sale/${saleId}/line/entry`, { token: token1 });
  expect((body as unknown as { entries: Entry[] }).entries).toMatchObject([
    { isUndone: true, receipt: { lane: 0 } },
  ]);
  const audit = await call(`GET /api/admin/sales/${saleId}/audit`, { token: tokenOf(aBuyer(), "viewer") });
  expect((audit.body as unknown as AuditLog).entries[0]).toMatchObject({
    action: "lane_undo_wished",
    actorRole: "operator",
    after: { list: 0, lane: 0, why: "no_puzzle" },
  });
});

test("one entry is moved by its mail address, and nobody else's", async () => {
  const saleId = await aLine();
  const email = "somebody.checked@example.com";
  const mine = await signIn(cloud, email);
  await join(saleId, mine);
  const other = tokenOf(aBuyer());
  await join(saleId, other);
  expect(await undo(saleId, { list: 0, email })).toMatchObject({ status: 200, body: { lane1: 1 } });
  expect(await undo(saleId, { list: 0, email: "nobody@example.com" })).toMatchObject({ status: 404 });
});

test("a shopper and a viewer may not; a request names one thing", async () => {
  const saleId = await aLine();
  expect((await checked(saleId, tokenOf(aBuyer()))).status).toBe(403);
  expect((await undo(saleId, { list: 0, why: "burst" }, tokenOf(aBuyer(), "viewer"))).status).toBe(403);
  expect((await undo(saleId, { list: 0 })).status).toBe(400);
  expect((await undo(saleId, { list: 0, why: "burst", email: "a@example.com" })).status).toBe(400);
});

test("after the list has closed nothing is moved, and the answer says so", async () => {
  const nowMs = Date.now();
  const saleId = await aLine(nowMs);
  const token = tokenOf(aBuyer());
  await join(saleId, token);
  await look(guardian(), saleId, nowMs);
  expect(await undo(saleId, { list: 0, why: "no_puzzle" })).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining("nothing is moved") as string },
  });
});
