import { afterAll, expect, test } from "vitest";
import type { ReminderAnswer } from "../../core/contract/reminder.ts";
import type { SaleStatus } from "../../core/contract/sale.ts";
import { gateConnection } from "../../core/clients/purchase-gate.ts";
import { loadConfig } from "../../core/config.ts";
import { openDynamo } from "../../core/dynamo/connect.dynamo.ts";
import { gateKeys } from "../../core/gate/keys.ts";
import type { BuyerId, SaleId } from "../../core/ids.ts";
import { callApi } from "../../local/call-api.ts";
import { startPushService } from "../../local/push/push-service.ts";
import { startMailbox } from "../../local/mailbox/mailbox.ts";
import { signIn } from "../../local/sign-in.ts";
import { testCloud } from "../support/cloud.ts";
import { guardianDependencies, lookAfter } from "../support/look-after.ts";
import { formOf, plainBrowser } from "../support/plain-browser.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { testLine } from "../support/test-line.ts";
import { mailsTo } from "../support/test-mailbox.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const mailbox = await startMailbox(0);
afterAll(() => mailbox.stop());
const pushService = await startPushService();
afterAll(() => pushService.stop());
const environment = {
  PUSH_SERVICES: "127.0.0.1",
  SES_ENDPOINT: mailbox.url,
  SHOP_NAME: "Nordlicht",
  SHOP_TIME_ZONE: "Europe/Berlin",
};
const cloud = await testCloud({ environment, visibilityTimeoutSeconds: 1 });
/** Reads its configuration when it is loaded. */
const { handler: tellByMail } = await import("../../functions/schedule/draw-results.ts");
const { call, newSale, operate } = testApi(cloud.apiUrl);
const { guardian, look, bringRound } = testLine(cloud);
const { open, post } = plainBrowser(cloud.apiUrl);
const at = { apiUrl: cloud.apiUrl, mailboxUrl: `${mailbox.url}/mailbox` };

const MINUTE_MS = 60_000;
const inMinutes = (minutes: number) => new Date(Date.now() + minutes * MINUTE_MS).toISOString();
let serial = 0;

/** Somebody who signed in by mail. */
async function somebody(language: "en" | "de" = "en") {
  const email = `reader-${serial++}@example.com`;
  const token = await signIn(at, email, language);
  const { buyerId } = await callApi<{ buyerId: BuyerId }>(cloud.apiUrl, "GET /api/identity/session", {
    token,
  });
  const mails = async () =>
    (await mailsTo(at.mailboxUrl, email)).filter(({ subject }) => !/code/i.test(subject));
  const remind = (method: "GET" | "POST" | "DELETE", saleId: SaleId) =>
    call(`${method} /api/sale/${saleId}/reminder`, {
      token,
      ...(method === "POST" && { body: { language } }),
    });
  /** A browser of theirs that shows notices: answers what it was brought. */
  const pushedTo = async () => {
    const { endpoint, keys, brought } = pushService.subscribe();
    const body = { endpoint, keys, language: "en" };
    expect((await call("POST /api/identity/push", { token, body })).status).toBe(201);
    return () => brought().map(({ message }) => message);
  };
  return { email, token, buyerId, mails, remind, pushedTo };
}
const asked = (answer: Awaited<ReturnType<typeof call>>) => answer.body as unknown as ReminderAnswer;
const tell = () => tellByMail({ runSeconds: 1 });
/** A run has one second, which all tellers share: on a busy machine what is due may have to wait for several. */
const TOLD_WITHIN_MS = 20_000;
const tellUntil = (what: string, isDone: () => Promise<boolean>) =>
  waitFor(
    what,
    async () => {
      await tell();
      return isDone();
    },
    TOLD_WITHIN_MS,
  );

test("who asks is told once before a sale opens, in their language, with a link that stops such mails", async () => {
  const saleId = await newSale({ name: "Lamp", startsAt: inMinutes(60) });
  const [greta, ada, bob] = [await somebody("de"), await somebody(), await somebody()];
  expect(asked(await greta.remind("GET", saleId))).toMatchObject({
    isAsked: false,
    at: expect.any(String) as string,
  });
  for (const buyer of [greta, ada, bob])
    expect(asked(await buyer.remind("POST", saleId))).toMatchObject({ isAsked: true });
  expect((await ada.remind("DELETE", saleId)).status).toBe(204);
  expect(asked(await ada.remind("GET", saleId))).toMatchObject({ isAsked: false });
  await tell();
  expect(await greta.mails()).toEqual([]);
  const [gretas, adas] = [await greta.pushedTo(), await ada.pushedTo()];
  expect((await operate(saleId, { startsAt: inMinutes(14) })).status).toBe(200);
  await Promise.all([tell(), tell()]);
  await tellUntil("both are told", async () => {
    const counts = await Promise.all([greta, bob].map(async ({ mails }) => (await mails()).length));
    return counts.every((count) => count > 0);
  });
  await waitFor("the browser to be told", async () => gretas().length > 0);
  expect([gretas(), adas()]).toEqual([
    [
      {
        kind: "opening",
        saleId,
        title: "Lamp",
        body: "Öffnet bald. Kommen Sie jetzt auf die Seite.",
        link: `/de/sale/${saleId}`,
        lang: "de",
        tag: expect.stringContaining(`opening#${saleId}#`) as string,
      },
    ],
    [],
  ]);
  const [mail, ...others] = await greta.mails();
  expect([others.length, (await ada.mails()).length, (await bob.mails()).length]).toEqual([0, 0, 1]);
  expect(mail).toMatchObject({
    subject: "Öffnet bald: Lamp",
    text: expect.stringContaining("Nordlicht") as string,
  });
  expect(mail!.text).toMatch(/MEZ|MESZ/);
  const { headers } = mail as unknown as { headers: Record<string, string> };
  expect(headers["List-Unsubscribe-Post"]).toBe("List-Unsubscribe=One-Click");
  const oneClick = /^<(.*)>$/.exec(headers["List-Unsubscribe"] ?? "")?.[1] ?? "";

  const next = await newSale({ startsAt: inMinutes(60) });
  await Promise.all([greta, bob].map((buyer) => buyer.remind("POST", next)));
  const clicked = await fetch(cloud.apiUrl + new URL(oneClick).pathname, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "List-Unsubscribe=One-Click",
  });
  expect(clicked.status).toBe(204);
  expect(asked(await greta.remind("GET", next))).toMatchObject({ isAsked: false });
  expect(asked(await greta.remind("POST", next))).toMatchObject({ isAsked: true });
  const { pathname } = new URL(oneClick);
  const forged = `${pathname.slice(0, -2)}${pathname.at(-2) === "A" ? "B" : "A"}${pathname.at(-1)}`;
  expect((await fetch(cloud.apiUrl + forged, { method: "POST" })).status).toBe(404);

  const link = /https?:\S+\/unsubscribe\/\S+/.exec((await bob.mails())[0]!.text)![0];
  const page = await open(new URL(link).pathname);
  expect(page.words).toContain("Stop these mails");
  const form = formOf(page, "/plain/en/unsubscribed")!;
  expect(asked(await bob.remind("GET", next))).toMatchObject({ isAsked: true });
  expect((await post("/plain/en/unsubscribed", form)).words).toContain("These mails are stopped");
  expect(asked(await bob.remind("GET", next))).toMatchObject({ isAsked: false });
});

test("nobody is reminded of a sale that opens within a quarter of an hour, or has begun; a form asks without script", async () => {
  const [soon, later] = [
    await newSale({ startsAt: inMinutes(10) }),
    await newSale({ startsAt: inMinutes(60) }),
  ];
  const ada = await somebody();
  expect(asked(await ada.remind("GET", soon))).toEqual({ isAsked: false, at: null });
  expect((await ada.remind("POST", soon)).status).toBe(409);
  const late = await post("/plain/en/remind", { saleId: soon, isWanted: "yes" }, { token: ada.token });
  expect(late).toMatchObject({ status: 409, heading: "It is too late for a reminder" });
  const spare = await post("/plain/en/invitation", { saleId: later, code: "WELCOME1" }, { token: ada.token });
  expect(spare).toMatchObject({ status: 409, heading: "You need no code here" });
  const free = await post("/plain/en/join", { saleId: later, quantity: "1" }, { token: ada.token });
  expect(free).toMatchObject({ status: 409, heading: "Nobody waits in line here now" });
  const page = await open(`/plain/en/sale/${later}`, ada.token);
  expect(page.words).toContain("One mail to the address that you signed in with");
  await post("/plain/en/remind", formOf(page, "/plain/en/remind")!, { token: ada.token });
  const then = await open(`/plain/en/sale/${later}`, ada.token);
  expect(then.words).toContain("You get a mail before it opens.");
  await post("/plain/en/remind", formOf(then, "/plain/en/remind")!, { token: ada.token });
  expect(asked(await ada.remind("GET", later))).toMatchObject({ isAsked: false });
});

test("who was told of a moment from which the sale was moved is told of the new one, and a broken sale stops no other", async () => {
  const [broken, moved] = [
    await newSale({ startsAt: inMinutes(60) }),
    await newSale({ name: "Moved", startsAt: inMinutes(60) }),
  ];
  const [ada, bob] = [await somebody(), await somebody()];
  await ada.remind("POST", broken);
  await ada.remind("POST", moved);
  await operate(moved, { startsAt: inMinutes(14) });
  await tellUntil("ada is told", async () => (await ada.mails()).length === 1);
  expect(asked(await ada.remind("GET", moved))).toEqual({ isAsked: false, at: null });
  await operate(moved, { startsAt: inMinutes(60) });
  expect(asked(await ada.remind("GET", moved))).toMatchObject({ isAsked: true });
  await bob.remind("POST", moved);
  await operate(moved, { startsAt: inMinutes(13) });
  await operate(broken, { startsAt: inMinutes(13) });
  const { LINE_TABLE, DYNAMODB_ENDPOINT } = loadConfig(["LINE_TABLE", "DYNAMODB_ENDPOINT"]);
  const dynamo = openDynamo(DYNAMODB_ENDPOINT);
  const Key = { pk: `${broken}#reminders#0`, sk: "byr_nobody" };
  await dynamo.put({ TableName: LINE_TABLE, Item: Key });
  const moves = async (buyer: typeof ada) =>
    (await buyer.mails()).filter(({ subject }) => subject.includes("Moved")).length;
  let hasFailed = false;
  // Whatever comes of this, the broken one fails no other test.
  const mend = () => dynamo.delete({ TableName: LINE_TABLE, Key }).finally(dynamo.close);
  try {
    await waitFor(
      "both are told, and the broken one has failed",
      async () => {
        hasFailed ||= (await tell().then(String, String)).includes("failed");
        return hasFailed && (await moves(ada)) >= 2 && (await moves(bob)) >= 1;
      },
      TOLD_WITHIN_MS,
    );
  } finally {
    await mend();
  }
  expect([await moves(ada), await moves(bob)]).toEqual([2, 1]);
  expect(
    (await call(`POST /api/admin/sales/${broken}/pause`, { token: tokenOf(aBuyer(), "operator") })).status,
  ).toBe(200);
  await tell();
  expect(await ada.mails()).toHaveLength(2);
});

const paid = { priceMinor: 1_000, payment: { kind: "held", holdSeconds: 600 } as const };

test("whose turn it is gets one mail, with its window", async () => {
  const saleId = await newSale({ name: "Lamp", allocated: 1, ...paid });
  const [holder, greta, ada] = [await somebody(), await somebody("de"), await somebody()];
  const bought = await call("POST /api/sale/purchase", {
    token: holder.token,
    key: crypto.randomUUID(),
    body: { saleId },
  });
  const { orderId } = bought.body as unknown as { orderId: string };
  for (const { token } of [greta, ada])
    await call(`POST /api/sale/${saleId}/line/entry`, {
      token,
      body: { language: token === greta.token ? "de" : "en" },
    });
  const browsers = [await greta.pushedTo(), await ada.pushedTo()];
  const [duty, nowMs] = [guardian(), Date.now()];
  for (const agoMs of [120_000, 119_000, 80_000, 70_000]) await look(duty, saleId, nowMs - agoMs);
  await bringRound(saleId, 0);
  await look(duty, saleId, nowMs - 50_000);
  await call(`DELETE /api/sale/order/${orderId}/hold`, { token: holder.token });
  await waitFor("the unit to be back", async () => {
    const { stock } = (await call(`GET /api/sale/status/${saleId}`)).body as unknown as SaleStatus;
    return stock?.available === 1;
  });
  const { steps } = await look(duty, saleId, nowMs - 20_000);
  expect(steps).toMatchObject([{ people: 1 }]);
  await tell();
  await tellUntil(
    "somebody is told",
    async () => (await greta.mails()).length + (await ada.mails()).length > 0,
  );
  const mails = [...(await greta.mails()), ...(await ada.mails())];
  expect(mails.map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^(Sie sind dran|It is your turn): Lamp$/),
  ]);
  await waitFor("the browser to be told", async () => browsers.some((brought) => brought().length > 0));
  expect(browsers.flatMap((brought) => brought())).toMatchObject([
    {
      kind: "turn",
      body: expect.stringMatching(/^(A unit came back|Ein Stück ist zurückgekommen)/) as string,
    },
  ]);
  expect(mails[0]!.text).toMatch(/MEZ|MESZ|CET|CEST|GMT\+/);
  expect(mails[0]!.text).toContain(`/sale/${saleId}`);
});

test("who has not paid is told once, two minutes before the hold ends", async () => {
  const saleId = await newSale({ name: "Lamp", allocated: 2, ...paid });
  const ada = await somebody();
  await call("POST /api/sale/purchase", { token: ada.token, key: crypto.randomUUID(), body: { saleId } });
  const brought = await ada.pushedTo();
  const deps = await guardianDependencies();
  await lookAfter(deps, saleId);
  expect(await ada.mails()).toEqual([]);
  const redis = gateConnection(loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA"]));
  const { holds } = gateKeys(saleId);
  for (const member of await redis.zrange(holds, "0", "-1"))
    await redis.zadd(holds, String(Date.now() + 100_000), member);
  await lookAfter(deps, saleId);
  await lookAfter(deps, saleId);
  await waitFor("the mail", async () => (await ada.mails()).length > 0);
  await new Promise((resume) => setTimeout(resume, 300));
  expect(brought()).toMatchObject([
    { kind: "hold_ending", link: expect.stringMatching(/^\/order\/\?id=ord_/) as string },
  ]);
  expect((await ada.mails()).map(({ subject }) => subject)).toEqual([
    expect.stringMatching(/^Pay until .*: Lamp$/),
  ]);
});
