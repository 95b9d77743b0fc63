import { expect, test } from "vitest";
import type { JoinAnswer, LineNumbers, LineView } from "../../core/contract/line.ts";
import type { PurchaseAnswer } from "../../core/contract/purchase-answer.ts";
import type { SaleStatus } from "../../core/contract/sale.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { formOf, plainBrowser } from "../support/plain-browser.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { testLine } from "../support/test-line.ts";
import { aBuyer } from "../support/test-sale.ts";

const cloud = await testCloud();
const { call, newSale, buy } = testApi(cloud.apiUrl);
const { open, post } = plainBrowser(cloud.apiUrl);
const { guardian, look, bringRound } = testLine(cloud);

const paidSale = (more = {}) =>
  newSale({ allocated: 1, priceMinor: 1_000, payment: { kind: "held", holdSeconds: 600 }, ...more });
const join = (saleId: SaleId, buyerId: BuyerId) =>
  call(`POST /api/sale/${saleId}/line/entry`, { token: tokenOf(buyerId), body: {} });
const lineOf = async (saleId: SaleId) =>
  (await call(`GET /api/sale/${saleId}/line`)).body as unknown as LineView;
/** Copies of the log, of the line, and answers from memory, are a second old at most; what comes back to a sold-out sale waits as long. */
const untilForgotten = () => new Promise((resume) => setTimeout(resume, 1_700));
const buyWith = (saleId: SaleId, buyerId: BuyerId, { key = crypto.randomUUID(), ticket = "" } = {}) =>
  call("POST /api/sale/purchase", {
    token: tokenOf(buyerId),
    key,
    body: { saleId, ...(ticket !== "" && { ticket }) },
  });

test("a unit that comes back to an open sale is for whoever waits, and for nobody else", async () => {
  const saleId = await paidSale();
  const [holder, waiting] = [aBuyer(), aBuyer()];
  expect((await call(`GET /api/sale/${saleId}/line`)).status).toBe(200);
  expect((await lineOf(saleId)).openList).toBeNull();
  expect((await join(saleId, waiting)).status).toBe(409);
  const key = crypto.randomUUID();
  const order = (await buyWith(saleId, holder, { key })).body as PurchaseAnswer;
  expect(order.outcome).toBe("held");

  await untilForgotten();
  expect(await lineOf(saleId)).toMatchObject({
    mode: "returns",
    phase: "joining",
    openList: 0,
    turnSeconds: 300,
  });
  expect((await call(`GET /api/sale/${saleId}/fairness`)).status).toBe(404);
  const joined = await join(saleId, waiting);
  expect(joined.status).toBe(201);
  const { ticket } = joined.body as unknown as JoinAnswer;

  const [duty, nowMs] = [guardian(), Date.now()];
  for (const agoMs of [120_000, 119_000, 80_000, 70_000]) await look(duty, saleId, nowMs - agoMs);
  await bringRound(saleId, 0);
  await look(duty, saleId, nowMs - 50_000);
  await untilForgotten();
  expect((await buyWith(saleId, waiting, { ticket })).body).toMatchObject({
    kind: "not_your_turn",
    turn: { reason: "not_reached", estimate: { why: expect.any(String) as string } },
  });

  await call(`DELETE /api/sale/order/${order.orderId}/hold`, { token: tokenOf(holder) });
  await untilForgotten();
  // Twice: the second time from memory.
  for (const stranger of [aBuyer(), aBuyer()])
    expect((await buyWith(saleId, stranger)).body).toMatchObject({
      kind: "not_your_turn",
      turn: { reason: "no_ticket" },
    });
  // Who has lost the answer, and never had a ticket, gets their order by its key all the same.
  expect((await buyWith(saleId, holder, { key })).body).toMatchObject({ orderId: order.orderId });

  for (const agoMs of [20_000, 10_000]) await look(duty, saleId, nowMs - agoMs);
  await untilForgotten();
  expect((await buyWith(saleId, waiting, { ticket })).body).toMatchObject({ outcome: "held" });
  const token = tokenOf(aBuyer(), "operator");
  const numbers = (await call(`GET /api/admin/sales/${saleId}/line`, { token }))
    .body as unknown as LineNumbers;
  expect(numbers.lists).toMatchObject([{ list: 0, entries: 1, admitted: 1, bought: 1, waiting: 0 }]);
  const index = (await call(`GET /api/sale/${saleId}/fairness`)).body;
  expect(index).toMatchObject({ mode: "returns", lists: [{ list: 0, count: 1 }] });
});

test("without script one asks to be told by a form", async () => {
  const saleId = await paidSale();
  await buy(saleId);
  const token = tokenOf(aBuyer());
  const page = () => open(`/plain/en/sale/${saleId}`, token);
  const before = await page();
  for (const words of [
    "Shall we tell you if one comes back?",
    "1 are in unpaid holds",
    "Tell me if one comes back",
  ])
    expect(before.words).toContain(words);
  const sent = await post("/plain/en/join", formOf(before, "/plain/en/join")!, { token });
  expect(sent.status).toBe(303);
  expect((await page()).words).toContain("You are in the line");
  expect((await open(`/plain/de/sale/${saleId}`, tokenOf(aBuyer()))).words).toContain(
    "Sagen Sie mir, wenn eins zurückkommt",
  );
});

test("what an operator changes keeps the line, and a mode cannot be asked for that has one", async () => {
  const saleId = await paidSale({ mode: { kind: "open", returnsSince: new Date(0).toISOString() } });
  const { mode } = (await call(`GET /api/sale/status/${saleId}`)).body as unknown as SaleStatus;
  expect(mode).toEqual({ kind: "open" });
});
