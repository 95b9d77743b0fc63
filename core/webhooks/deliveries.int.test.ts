import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { waitFor } from "../../tests/support/wait-for.ts";
import { testOrders } from "../../tests/support/test-orders.ts";
import { anActor, NOW_MS } from "../../tests/support/test-sale.ts";
import type { EndpointId, SaleId } from "../ids.ts";
import { numberEvents } from "../events/feed.postgres.ts";
import { tellSale } from "../events/tell-sale.postgres.ts";
import {
  addEndpoint,
  changeEndpoint,
  deleteEndpoint,
  rotateSecret,
  testEndpoint,
} from "./administer-endpoints.ts";
import { readDeliveries, redeliver } from "./delivery-log.postgres.ts";
import { LEASE_MS, takeDueCalls } from "./due-calls.postgres.ts";
import { makeDeliveries } from "./due-events.postgres.ts";
import { findEndpoint } from "./endpoints.postgres.ts";
import { openingKey, sealingKeyOf, unseal } from "./sealed.ts";
import { takeReports } from "./take-reports.postgres.ts";
import type { CallTask } from "./webhook-task.ts";

const stores = await testStores();
const { db, insert } = testOrders(stores.databaseUrl);
const KEY = "a key of this test's own";
const seal = sealingKeyOf(KEY);
const RETRIES = [1_000, 2_000];
const log = { search: "" };
let revision = 0;

/** An endpoint of its own, at a clock of its own; others of this file are deleted first. */
async function world(types: string[] = []) {
  const time = { nowMs: NOW_MS };
  const act = () => ({ db, actor: anActor, nowMs: time.nowMs });
  for (const { id } of await db.selectFrom("webhook_endpoints").select("id").execute())
    await deleteEndpoint(act(), id);
  const request = {
    name: "Shop",
    url: "https://shop.example.com/hooks?key=1",
    notify: "shop@example.com",
    types,
  };
  const added = await addEndpoint(act(), request, seal);
  if (added === "too_many") throw new Error(added);
  const id: EndpointId = added.endpointId;
  return {
    id,
    secret: added.secret,
    act,
    after: (ms: number) => void (time.nowMs += ms),
    sale: async () => (await insert()).saleId,
    happens: async (saleId: SaleId, kind: "paused" | "resumed" | "ended" = "paused") => {
      await db.transaction().execute((trx) => tellSale(trx, saleId, kind, ++revision));
      const take = () => numberEvents(db, (trx, events) => makeDeliveries(trx, events, new Date(time.nowMs)));
      // The server is shared with other test files, whose transactions hold up what is later than theirs.
      await waitFor("its number", async () => (await take()).rows > 0);
    },
    due: () => takeDueCalls(db, time.nowMs),
    answer: async (task: CallTask, status: number | null, more: { retryAfterMs?: number } = {}) => {
      const isTaken = status !== null && status < 300;
      const error = isTaken ? null : "refused";
      const { endpointId, position, attempt, round } = task;
      const report = {
        endpointId,
        position,
        attempt,
        round,
        isTaken,
        status,
        error,
        retryAfterMs: null,
        tookMs: 5,
      };
      const [taken] = await takeReports(db, [{ ...report, ...more, atMs: time.nowMs }], RETRIES);
      return taken!;
    },
    deliveries: async () => (await readDeliveries(db, id, log)).deliveries,
  };
}

test("an event is due once, under a lease, and delivered by the answer to it", async () => {
  const { sale, happens, due, answer, deliveries, after, secret } = await world();
  const saleId = await sale();
  await happens(saleId);
  const [task, ...rest] = await due();
  expect(rest).toEqual([]);
  expect(JSON.parse(task!.body)).toMatchObject({ type: "sale.paused", data: { saleId } });
  expect(task!.secrets.map((sealed) => unseal(sealed, openingKey(KEY)))).toEqual([secret]);
  expect(await due()).toEqual([]);
  expect((await answer(task!, 204)).outcome).toBe("delivered");
  after(LEASE_MS * 2);
  expect(await due()).toEqual([]);
  expect(await deliveries()).toMatchObject([{ state: "delivered", attempts: 1, status: 204, tookMs: 5 }]);
  // The same report again, late.
  expect((await answer(task!, 204)).outcome).toBe("known");
});

test("the next event of the same sale waits until the one before is delivered, and says so; those of others do not", async () => {
  const { sale, happens, due, answer, deliveries, after } = await world();
  const [pausedSale, otherSale] = [await sale(), await sale()];
  await happens(pausedSale);
  await happens(pausedSale, "resumed");
  await happens(otherSale);
  const first = await due();
  expect(first.map(({ body }) => [JSON.parse(body).data.saleId, JSON.parse(body).type])).toEqual([
    [pausedSale, "sale.paused"],
    [otherSale, "sale.paused"],
  ]);
  expect((await deliveries()).map(({ waitsFor }) => waitsFor)).toEqual([null, first[0]!.eventId, null]);
  await answer(first[0]!, 500);
  expect(await due()).toEqual([]);
  after(1_000);
  const [again] = await due();
  expect([again!.eventId, again!.attempt]).toEqual([first[0]!.eventId, 2]);
  await answer(again!, 200);
  after(1_000);
  expect((await due()).map(({ body }) => JSON.parse(body).type)).toEqual(["sale.resumed"]);
});

test("after its last try it is given up; the next goes out and names it; a redelivery puts it in front again", async () => {
  const { id, act, sale, happens, due, answer, deliveries, after } = await world();
  const saleId = await sale();
  await happens(saleId);
  await happens(saleId, "resumed");
  let given: CallTask | undefined;
  for (const outcome of ["failed", "failed", "given_up"]) {
    [given] = await due();
    expect((await answer(given!, 500)).outcome).toBe(outcome);
    after(60_000);
  }
  const [next] = await due();
  expect(JSON.parse(next!.body)).toMatchObject({ type: "sale.resumed", missed: [given!.eventId] });
  await answer(next!, 204);
  expect((await deliveries()).map(({ state }) => state)).toEqual(["delivered", "given_up"]);

  await happens(saleId, "ended");
  const range = { from: given!.position, to: next!.position, only: "given_up" as const };
  expect(await redeliver(db, id, range, act())).toBe(1);
  const [again] = await due();
  expect([again!.eventId, again!.attempt]).toEqual([given!.eventId, 1]);
  expect(await due()).toEqual([]);
  await answer(again!, 204);
  expect((await due()).map(({ body }) => JSON.parse(body).type)).toEqual(["sale.ended"]);
});

test("a sender that died has the call due again after its lease; the late report of the lost one counts if it was taken", async () => {
  const { sale, happens, due, answer, deliveries, after } = await world();
  await happens(await sale());
  const [lost] = await due();
  after(LEASE_MS + 1);
  const [second] = await due();
  expect(second!.attempt).toBe(2);
  // What the first has failed with says nothing of the second.
  expect((await answer(lost!, 500)).outcome).toBe("known");
  expect((await deliveries())[0]).toMatchObject({ state: "open", status: null });
  expect((await answer(lost!, 204)).outcome).toBe("delivered");
  expect((await answer(second!, 500)).outcome).toBe("known");
});

test("Retry-After is waited for", async () => {
  const { sale, happens, due, answer, after } = await world();
  await happens(await sale());
  const [task] = await due();
  await answer(task!, 503, { retryAfterMs: 30_000 });
  after(29_000);
  expect(await due()).toEqual([]);
  after(1_000);
  expect(await due()).toHaveLength(1);
});

test("one that is down gets one call at a time; all goes out once it is back", async () => {
  const { sale, happens, due, answer, after } = await world();
  const sales = await Promise.all(Array.from({ length: 12 }, sale));
  for (const saleId of sales) await happens(saleId);
  for (const task of await due()) await answer(task, null);
  after(500);
  expect(await due()).toEqual([]);
  after(60_000);
  const probes = await due();
  expect(probes).toHaveLength(1);
  await answer(probes[0]!, 204);
  expect(await due()).toHaveLength(11);
});

test("after half a day of failures it is paused, somebody is told, and resuming sends what has waited", async () => {
  const { id, act, sale, happens, due, answer, after } = await world();
  const sales = await Promise.all(Array.from({ length: 10 }, sale));
  for (const saleId of sales) await happens(saleId);
  for (const task of await due()) await answer(task, 500);
  after(12 * 3_600_000);
  const [probe] = await due();
  expect((await answer(probe!, 500)).notice).toEqual({
    task: "notice",
    endpointId: id,
    to: "shop@example.com",
    name: "Shop",
    host: "shop.example.com",
    why: "failing",
  });
  expect(await findEndpoint(db, id)).toMatchObject({ state: "paused", pausedWhy: "failing", open: 10 });
  after(3_600_000);
  expect(await due()).toEqual([]);
  await changeEndpoint(act(), id, { state: "active" });
  expect(await due()).toHaveLength(10);
});

test("410 pauses it at once", async () => {
  const { id, sale, happens, due, answer } = await world();
  await happens(await sale());
  const [task] = await due();
  expect((await answer(task!, 410)).notice).toMatchObject({ why: "gone" });
  expect(await findEndpoint(db, id)).toMatchObject({ state: "paused", pausedWhy: "gone" });
});

test("a new secret signs with the one before for as long as was said", async () => {
  const { id, act, sale, happens, due, secret, after } = await world();
  const next = await rotateSecret(act(), id, { overlapHours: 1, sealingKey: seal });
  await happens(await sale());
  const opened = async () => (await due())[0]!.secrets.map((sealed) => unseal(sealed, openingKey(KEY)));
  expect(await opened()).toEqual([next, secret]);
  after(3_600_001);
  expect(await opened()).toEqual([next]);
});

test("an endpoint gets the types that it wants; a test event goes to it alone", async () => {
  const { id, act, sale, happens, due } = await world(["sale.ended"]);
  const saleId = await sale();
  await happens(saleId);
  await happens(saleId, "ended");
  expect((await due()).map(({ body }) => JSON.parse(body).type)).toEqual(["sale.ended"]);
  const sent = await testEndpoint(act(), id);
  expect((await due()).map(({ eventId }) => eventId)).toEqual([sent!.eventId]);
});

test("what admins did is in the audit log, without a secret and without the path of an address", async () => {
  const { id, act, secret } = await world();
  await changeEndpoint(act(), id, { state: "paused" });
  await rotateSecret(act(), id, { overlapHours: 0, sealingKey: seal });
  await testEndpoint(act(), id);
  await deleteEndpoint(act(), id);
  const rows = await db
    .selectFrom("audit_log")
    .selectAll()
    .where("sale_id", "is", null)
    .orderBy("id", "desc")
    .limit(5)
    .execute();
  expect(rows.map(({ action }) => action)).toEqual([
    "endpoint_deleted",
    "endpoint_tested",
    "endpoint_secret_changed",
    "endpoint_changed",
    "endpoint_added",
  ]);
  expect(JSON.stringify(rows)).not.toMatch(/whsec|key=1/);
  expect(JSON.stringify(rows)).not.toContain(secret);
});

test("what was said of a call before somebody had the event sent again does not count for the new one", async () => {
  const { id, act, sale, happens, due, answer, deliveries } = await world();
  await happens(await sale());
  const [first] = await due();
  await answer(first!, 204);
  const range = { from: first!.position, to: first!.position, only: "all" as const };
  expect(await redeliver(db, id, range, act())).toBe(1);
  // The report comes twice: whoever took it died before its message was deleted.
  expect((await answer(first!, 204)).outcome).toBe("known");
  expect(await deliveries()).toMatchObject([{ state: "open" }]);
  const [again] = await due();
  expect([again!.eventId, again!.attempt, again!.round]).toEqual([first!.eventId, 1, 1]);
  for (const outcome of ["delivered", "known"]) expect((await answer(again!, 204)).outcome).toBe(outcome);
});
