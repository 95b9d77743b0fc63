import { afterAll, expect, test } from "vitest";
import { startPushService } from "../../local/push/push-service.ts";
import { testStores } from "../../tests/support/stores.ts";
import { testQueue, testTables } from "../../tests/support/test-aws.ts";
import { aBuyer, aSale, NOW_MS } from "../../tests/support/test-sale.ts";
import { SESSION_SECONDS } from "../identity/session.ts";
import type { BuyerId } from "../ids.ts";
import { logLine } from "../log.ts";
import { createSentMarks } from "../mail/sent-mails.dynamo.ts";
import { createSaleRecords } from "../sale/sale-record.dynamo.ts";
import type { Sale } from "../sale/sale.ts";
import { callEndpoint } from "../webhooks/call-endpoint.http.ts";
import type { PushNotice } from "./notice.ts";
import { createPushQueue, readPushTask } from "./push-queue.sqs.ts";
import { pushIdOf } from "./push-service.ts";
import { type PushMark, pushMark, sendPush } from "./send-push.ts";
import { createPushes, MOST_PUSHES } from "./subscriptions.dynamo.ts";
import { vapidKeysOf } from "./vapid.ts";

const stores = await testStores();
const service = await startPushService();
afterAll(() => service.stop());
const dynamo = testTables(stores.dynamoEndpoint);
const pushes = createPushes(dynamo, stores.identityTable);
const sent = createSentMarks<PushMark>(dynamo, stores.identityTable, pushMark);
const saleRecords = createSaleRecords(dynamo, stores.ledgerTable);
const sqs = testQueue({ orderQueueUrl: stores.pushQueueUrl, sqsEndpoint: stores.sqsEndpoint });
const queue = createPushQueue(sqs);
const SECOND_MS = 1_000;

/** A sale, a buyer with a browser, and a clock. */
async function world(settings: Partial<Sale> = {}) {
  const sale = aSale({ name: "Lamp", ...settings });
  await saleRecords.put(sale);
  const [buyer, browser, time] = [aBuyer(), service.subscribe(), { nowMs: NOW_MS }];
  const [warnings, measured]: [string[], string[]] = [[], []];
  const later: { readonly tries: number; readonly waitMs: number }[] = [];
  const keep = (of: BuyerId, { endpoint, keys }: typeof browser, language: "en" | "de" = "en") =>
    pushes.add({
      pushId: pushIdOf(endpoint),
      buyerId: of,
      endpoint,
      ...keys,
      language,
      createdAtMs: time.nowMs,
      sessionUntilMs: time.nowMs + SESSION_SECONDS * SECOND_MS,
    });
  await keep(buyer, browser);
  const deps = {
    pushes,
    sent,
    saleRecords,
    queue: {
      sendLater: async (_of: PushNotice, tries: number, waitMs: number) => void later.push({ tries, waitMs }),
    },
    call: (what: Parameters<typeof callEndpoint>[0]) =>
      callEndpoint(what, { isLocalStage: true, nowMs: () => time.nowMs, limitMs: 300 }),
    services: ["127.0.0.1"],
    isLocalStage: true,
    signer: { keys: vapidKeysOf("a secret of these tests"), subject: "mailto:shop@example.com" },
    write: ({ kind, saleId }: PushNotice, { name }: Sale, lang: "en" | "de") => ({
      kind,
      saleId,
      title: name,
      body: lang,
      link: "/",
      lang,
    }),
    clock: { nowMs: () => time.nowMs },
    warn: (message: string, details: Parameters<typeof logLine>[2]) =>
      void warnings.push(logLine("WARN", message, details, new Date(NOW_MS))),
    measure: (name: string) => void measured.push(name),
  };
  const notice: PushNotice & { readonly kind: "turn" } = {
    kind: "turn",
    saleId: sale.saleId,
    buyerId: buyer,
    step: 1,
    untilMs: NOW_MS + 300 * SECOND_MS,
    notAfterMs: NOW_MS + 280 * SECOND_MS,
    isReturn: false,
  };
  return {
    buyer,
    browser,
    keep,
    deps,
    warnings,
    measured,
    later,
    notice,
    send: (of: PushNotice = notice, tries = 0) => sendPush(deps, of, tries),
    after: (seconds: number) => (time.nowMs += seconds * SECOND_MS),
  };
}
const of = (buyer: BuyerId) => pushes.of(buyer);

test("each of a buyer's browsers is told once, however often it is asked for, and another thing again", async () => {
  const { buyer, browser, keep, send, notice, measured } = await world();
  const phone = service.subscribe();
  await keep(buyer, phone, "de");
  await Promise.all([send(), send()]);
  await send();
  expect([browser, phone].map((device) => device.brought().map(({ message }) => message["lang"]))).toEqual([
    ["en"],
    ["de"],
  ]);
  expect(browser.brought()[0]).toMatchObject({
    message: { title: "Lamp" },
    ttlSeconds: 280,
    urgency: "high",
  });
  await send({ ...notice, step: 2, language: "de" });
  expect(browser.brought()[1]?.message).toMatchObject({ lang: "de" });
  expect(measured).toEqual(Array(4).fill("PushesSent"));
});

test("a browser that is there no more is forgotten, and whoever has none is told by mail alone", async () => {
  const { buyer, browser, send, measured } = await world();
  browser.behave("gone");
  await send();
  expect([await of(buyer), measured, browser.calls()]).toEqual([[], ["PushesGone"], 1]);
  browser.behave("fine");
  await send();
  expect(browser.brought()).toEqual([]);
});

test.each(["busy", "broken"] as const)(
  "a service that is %s is tried again later, and then it is told",
  async (how) => {
    const { browser, send, later, measured } = await world();
    browser.behave(how);
    await send();
    await send(undefined, 1);
    expect(later).toEqual(
      how === "busy"
        ? [1, 2].map((tries) => ({ tries, waitMs: 1_000 }))
        : [
            { tries: 1, waitMs: 5_000 },
            { tries: 2, waitMs: 15_000 },
          ],
    );
    browser.behave("fine");
    await send(undefined, 2);
    expect([browser.brought().length, measured]).toEqual([1, ["PushesSent"]]);
  },
);

test("what would come too late is told to nobody, and not tried again", async () => {
  const { browser, send, later, measured, after } = await world();
  browser.behave("broken");
  after(278);
  await send();
  expect([later, measured]).toEqual([[], ["PushesGivenUp"]]);
  after(2);
  await send();
  expect([browser.calls(), measured]).toEqual([1, ["PushesGivenUp", "PushesLate"]]);
});

test("silence may have been a yes: it is told again after a while, under the same topic, and not for ever", async () => {
  const { browser, send, later, after, measured, notice } = await world();
  const opening = { ...notice, notAfterMs: NOW_MS + 86_400 * SECOND_MS };
  browser.behave("silent");
  await send(opening);
  expect(later).toEqual([{ tries: 1, waitMs: 60_000 }]);
  await send(opening);
  expect(browser.calls()).toBe(1);
  for (const minutes of [1, 4, 16, 64, 256]) {
    after(minutes * 60);
    await send(opening);
  }
  expect(new Set(browser.brought().map(({ topic }) => topic)).size).toBe(1);
  expect([browser.calls(), measured]).toEqual([5, ["PushesGivenUp"]]);
});

test("killed between call and mark, it is told once more and never a third time", async () => {
  const { browser, send, deps, notice, after } = await world();
  const killed = { ...deps, sent: { ...sent, end: () => Promise.reject(new Error("killed")) } };
  await expect(sendPush(killed, notice, 0)).rejects.toThrow("killed");
  await send();
  expect(browser.calls()).toBe(1);
  after(61);
  await expect(sendPush(killed, notice, 0)).rejects.toThrow("killed");
  after(61);
  await send();
  expect(browser.calls()).toBe(2);
});

test("no address inside is called, whatever stands in the table, and no log has where a browser is reached", async () => {
  const { buyer, browser, deps, notice, warnings } = await world();
  await sendPush({ ...deps, services: ["push.example.com"] }, notice, 0);
  expect([browser.calls(), await of(buyer)]).toEqual([0, []]);
  expect(warnings.join()).not.toContain(browser.endpoint);
});

test("of a purchase that only tests the shop no browser hears", async () => {
  const { browser, send } = await world({ currency: "XTS" });
  await send();
  expect(browser.calls()).toBe(0);
});

test("once its buyer's session is over, a browser is told of what opens and of nothing that is theirs, until they sign in there again", async () => {
  const { buyer, browser, send, notice, after } = await world();
  const laterStep = (step: number) => ({ ...notice, step, notAfterMs: NOW_MS + 99_999 * SECOND_MS });
  const { saleId, buyerId, notAfterMs } = laterStep(0);
  after(SESSION_SECONDS - 1);
  await send(laterStep(2));
  after(1);
  await send(laterStep(3));
  await send({ kind: "opening", saleId, buyerId, notAfterMs });
  const kinds = () => browser.brought().map(({ message }) => message["kind"]);
  expect(kinds()).toEqual(["turn", "opening"]);
  const [{ pushId } = { pushId: "" }] = await of(buyer);
  expect(await pushes.resume(pushId, buyer, NOW_MS + 2 * SESSION_SECONDS * SECOND_MS)).toBe(true);
  await send(laterStep(3));
  expect(kinds()).toEqual(["turn", "opening", "turn"]);
  // Somebody else signs in there.
  expect(await pushes.resume(pushId, aBuyer(), NOW_MS + 3 * SESSION_SECONDS * SECOND_MS)).toBe(false);
  await send({ kind: "opening", saleId, buyerId, notAfterMs: notAfterMs - 1 });
  expect([await of(buyer), kinds().length]).toEqual([[], 3]);
});

test("a browser belongs to whoever used it last, and a buyer has a few", async () => {
  const { buyer, browser, keep } = await world();
  const other = aBuyer();
  expect(await keep(other, browser)).toBe(true);
  expect([await of(buyer), (await of(other)).length]).toEqual([[], 1]);
  const [first] = await of(other);
  expect(await pushes.remove(first!.pushId, buyer)).toBe(false);
  for (let more = 1; more < MOST_PUSHES; more++) expect(await keep(other, service.subscribe())).toBe(true);
  expect(await keep(other, service.subscribe())).toBe(false);
  expect(await keep(other, browser)).toBe(true);
  await pushes.end(first!.pushId);
  await pushes.end(first!.pushId);
  expect(await of(other)).toHaveLength(MOST_PUSHES - 1);
  expect(await keep(other, service.subscribe())).toBe(true);
});

test("the queue brings what it was given, and holds back what is to wait", async () => {
  const { notice } = await world();
  const many = Array.from({ length: 12 }, (_, step) => ({ ...notice, step }));
  await queue.sendAll(many);
  await queue.sendLater(notice, 3, 30_000);
  const { Messages = [] } = await sqs.send("ReceiveMessage", { MaxNumberOfMessages: 10 });
  const tasks = Messages.map(({ Body = "" }) => readPushTask(Body));
  expect(tasks.flatMap(({ notices }) => notices)).toHaveLength(12);
  expect(tasks.map(({ tries }) => tries)).toEqual([0, 0]);
  expect(() => readPushTask(JSON.stringify({ notices: [{ kind: "turn" }], tries: 0 }))).toThrow();
});
