import { expect, test } from "vitest";
import type { Entry, JoinAnswer, LineNumbers, LineView } from "../../core/contract/line.ts";
import { hashOfLine, parseLine } from "../../core/line/log-line.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
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
    closesAt: iso(startsAtMs - 120_000),
    admissionsPerSecond: 100,
    mostInside: 1_000,
  },
  startsAt: iso(startsAtMs),
});
const staff = () => tokenOf(aBuyer(), "operator");

/** Without a puzzle: everybody here is in lane 1. */
const join = async (saleId: SaleId, buyerId: BuyerId, body = {}) =>
  call(`POST /api/sale/${saleId}/line/entry`, { token: tokenOf(buyerId), body });
const entriesOf = async (saleId: SaleId, buyerId: BuyerId) => {
  const answer = await call(`GET /api/sale/${saleId}/line/entry`, { token: tokenOf(buyerId) });
  return (answer.body as unknown as { entries: Entry[] }).entries;
};
const buyWith = (saleId: SaleId, buyerId: BuyerId, ticket?: string) =>
  call("POST /api/sale/purchase", {
    token: tokenOf(buyerId),
    key: crypto.randomUUID(),
    body: { saleId, ...(ticket !== undefined && { ticket }) },
  });

const create = (body: object) =>
  call("POST /api/admin/sales", { token: staff(), key: crypto.randomUUID(), body });
const turnOf = (body: unknown) => (body as { turn?: { reason: string } }).turn?.reason;

/** A copy of the log is a second old at most. */
const untilForgotten = () => new Promise((resume) => setTimeout(resume, 1_100));

/** A room that opened a minute ago, and the looks of its guardian up to where people are let in. */
async function openRoom(people: readonly BuyerId[]) {
  const startsAtMs = Date.now() - 60_000;
  const saleId = await newSale(roomAt(startsAtMs));
  const tickets = new Map<BuyerId, string>();
  for (const buyerId of people) {
    const answer = await join(saleId, buyerId);
    tickets.set(buyerId, (answer.body as unknown as JoinAnswer).ticket);
  }
  const duty = guardian();
  await look(duty, saleId, startsAtMs - 119_000);
  await look(duty, saleId, startsAtMs - 100_000);
  await bringRound(saleId, 0);
  await look(duty, saleId, startsAtMs - 20_000);
  await untilForgotten();
  return { saleId, tickets, duty, startsAtMs };
}

test("joining answers a receipt and a ticket, once, the same on every device; leaving takes it back", async () => {
  const saleId = await newSale(roomAt(Date.now() + HOUR_MS));
  const buyerId = aBuyer();
  const [first, again] = [await join(saleId, buyerId), await join(saleId, buyerId)];
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.body).toEqual(first.body);
  expect(await entriesOf(saleId, buyerId)).toMatchObject([{ ...first.body, state: "joined", rank: null }]);
  const leave = () => call(`DELETE /api/sale/${saleId}/line/entry`, { token: tokenOf(buyerId) });
  expect((await leave()).status).toBe(204);
  expect((await leave()).status).toBe(404);
  expect(await entriesOf(saleId, buyerId)).toEqual([]);
});

test("a sale without a line refuses to be joined, and says nothing of one", async () => {
  const saleId = await newSale();
  expect(await join(saleId, aBuyer())).toMatchObject({ status: 409, body: { kind: "conflict" } });
  expect((await call(`GET /api/sale/${saleId}/line`)).status).toBe(404);
});

test("a mode that cannot be kept is refused, each field by its name; once somebody has joined it stays", async () => {
  const startsAtMs = Date.now() + HOUR_MS;
  const sale = { name: "Sneaker", priceMinor: 1, currency: "EUR", allocated: 5, ...roomAt(startsAtMs) };
  const late = { ...sale, mode: { ...sale.mode, closesAt: iso(startsAtMs - 119_999) } };
  expect(await create(late)).toMatchObject({
    status: 400,
    body: { errors: [{ field: "mode.closesAt", message: "must be two minutes or more before startsAt" }] },
  });
  const saleId = await newSale(roomAt(startsAtMs));
  expect((await operate(saleId, { mode: { kind: "open" } })).status).toBe(200);
  expect((await operate(saleId, { mode: sale.mode })).status).toBe(200);
  await join(saleId, aBuyer());
  expect(await operate(saleId, { mode: { kind: "open" } })).toMatchObject({
    status: 409,
    body: { detail: "somebody has joined the line: mode can no longer be changed" },
  });
});

test("a room is drawn, lets people in, and sells by their tickets alone", async () => {
  const [buyerId, otherId] = [aBuyer(), aBuyer()];
  const { saleId, tickets, duty, startsAtMs } = await openRoom([buyerId, otherId]);
  const [ticket, otherTicket] = [tickets.get(buyerId)!, tickets.get(otherId)!];

  expect(turnOf((await buyWith(saleId, buyerId, ticket)).body)).toBe("not_reached");
  expect((await entriesOf(saleId, buyerId))[0]).toMatchObject({
    state: "waiting",
    estimate: { ahead: expect.any(Number) as number },
  });
  await look(duty, saleId, startsAtMs + 1_000);
  await look(duty, saleId, startsAtMs + 2_000);
  await untilForgotten();

  expect(turnOf((await buyWith(saleId, buyerId)).body)).toBe("no_ticket");
  expect(turnOf((await buyWith(saleId, buyerId, `${ticket}x`)).body)).toBe("forged_ticket");
  expect(turnOf((await buyWith(saleId, buyerId, otherTicket)).body)).toBe("other_buyer");
  const elsewhere = await newSale(roomAt(Date.now() - 60_000));
  expect(turnOf((await buyWith(elsewhere, buyerId, ticket)).body)).toBe("other_sale");
  expect((await entriesOf(saleId, buyerId))[0]).toMatchObject({ state: "turn", turn: { step: 1 } });
  expect(await buyWith(saleId, buyerId, ticket)).toMatchObject({
    status: 202,
    body: { outcome: "accepted" },
  });
});

test("the line is one answer for everybody, and its files are whole", async () => {
  const { saleId, duty, startsAtMs } = await openRoom([aBuyer(), aBuyer(), aBuyer()]);
  await look(duty, saleId, startsAtMs + 1_000);
  const answer = await call(`GET /api/sale/${saleId}/line`);
  const line = answer.body as unknown as LineView;
  expect(answer.headers.get("cache-control")).toContain("max-age=1");
  expect(line).toMatchObject({ mode: "waiting_room", phase: "moving", openList: 1, steps: 1, admitted: 3 });
  // By its three entries; without them a million pages would be expected.
  expect((await call(`GET /api/sale/status/${saleId}`)).body).toMatchObject({ pollAfterMs: 1_000 });

  const index = await call(`GET /api/sale/${saleId}/fairness`);
  expect(index.body).toMatchObject({ log: { lines: 6, pages: 1 }, lists: [{ list: 0, count: 3, pages: 1 }] });
  const log = (await call(`GET /api/sale/${saleId}/fairness/log/0`)).text.trimEnd().split("\n");
  expect(log.map((text) => parseLine(text).kind)).toEqual([
    "rules",
    "settings",
    "closing",
    "root",
    "key",
    "step",
  ]);
  expect(line.log.hash).toBe(hashOfLine(log.at(-1)!));
  const list = await call(`GET /api/sale/${saleId}/fairness/lists/0/0`);
  expect(list.text).toMatch(/^(?:[0-9a-f]{64} 1 1\n){3}$/);
  expect(list.headers.get("cache-control")).toContain("immutable");
  expect((await call(`GET /api/sale/${saleId}/fairness/lists/1/0`)).status).toBe(404);
  expect((await call(`GET /api/sale/${saleId}/fairness/log/x`)).status).toBe(400);
});

test("operators change the pace while it moves, and the log says in which role", async () => {
  const { saleId } = await openRoom([aBuyer(), aBuyer()]);
  const change = { isPaused: true, message: "Back in five minutes" };
  const answer = await call(`PATCH /api/admin/sales/${saleId}/line`, { token: staff(), body: change });
  const numbers = answer.body as unknown as LineNumbers;
  expect(answer.status).toBe(200);
  expect(numbers.line.pace).toEqual({ admissionsPerSecond: 100, mostInside: 1_000, ...change });
  expect(numbers.lists).toEqual([
    { list: 0, lane: 1, entries: 2, admitted: 0, bought: 0, lapsed: 0, waiting: 2 },
  ]);
  const log = (await call(`GET /api/sale/${saleId}/fairness/log/0`)).text.trimEnd().split("\n");
  expect(parseLine(log.at(-1)!)).toMatchObject({ kind: "settings", role: "operator", ...change });
});

test("operators close the line to newcomers, and open it again", async () => {
  const { saleId } = await openRoom([aBuyer()]);
  const change = (isClosed: boolean) =>
    call(`PATCH /api/admin/sales/${saleId}/line`, { token: staff(), body: { isClosed } });
  const closed = (await change(true)).body as unknown as LineNumbers;
  expect(closed.line).toMatchObject({ isClosed: true, openList: null });
  expect(closed.change).toMatchObject({ what: "joining", role: "operator" });
  expect(Date.parse(closed.change!.holdsFrom!)).toBe(Date.parse(closed.change!.at) + 1_000);
  await untilForgotten();
  expect(await join(saleId, aBuyer())).toMatchObject({ status: 409 });
  const lines = closed.line.log.lines;
  expect(((await change(true)).body as unknown as LineNumbers).line.log.lines, "once").toBe(lines);
  expect(((await change(false)).body as unknown as LineNumbers).line).toMatchObject({ openList: 1 });
  await untilForgotten();
  expect((await join(saleId, aBuyer())).status).toBe(201);
});

test("who leaves after the list has closed leaves a line in the log", async () => {
  const buyerId = aBuyer();
  const { saleId } = await openRoom([buyerId, aBuyer()]);
  const leave = await call(`DELETE /api/sale/${saleId}/line/entry`, { token: tokenOf(buyerId) });
  expect(leave.status).toBe(204);
  const log = (await call(`GET /api/sale/${saleId}/fairness/log/0`)).text.trimEnd().split("\n");
  const [entry] = await entriesOf(saleId, buyerId);
  expect(parseLine(log.at(-1)!)).toMatchObject({ kind: "withdrawn", list: 0, leaf: entry?.receipt.leaf });
});
