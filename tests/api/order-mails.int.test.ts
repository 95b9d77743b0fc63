import { afterAll, expect, test } from "vitest";
import type { BuyerId, OrderId } from "../../core/ids.ts";
import { consumers } from "../../core/topology.ts";
import { startMailbox } from "../../local/mailbox/mailbox.ts";
import { callApi } from "../../local/call-api.ts";
import { signIn } from "../../local/sign-in.ts";
import { occupyUnit } from "../browser/faults.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi } from "../support/test-api.ts";
import { testCancel } from "../support/test-cancel.ts";
import { mailsTo } from "../support/test-mailbox.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

let mailbox = await startMailbox(0);
afterAll(() => mailbox.stop());
const environment = {
  SES_ENDPOINT: mailbox.url,
  SHOP_NAME: "Nordlicht",
  SHOP_CONTACT: "hallo@nordlicht.example",
  SHOP_NEXT_STEPS_DE: "Wir liefern in drei Wochen.",
};
const cloud = await testCloud({ environment, visibilityTimeoutSeconds: 1 });
const { call, newSale, buy } = testApi(cloud.apiUrl);
const at = { apiUrl: cloud.apiUrl, mailboxUrl: `${mailbox.url}/mailbox` };
const { decided } = testCancel(cloud.apiUrl);

const translations = { de: { name: "Lampe", description: "" } };
let serial = 0;

/** Somebody who signed in by mail, in their language. */
async function somebody(language: "en" | "de" = "en") {
  const email = `buyer-${serial++}@example.com`;
  const token = await signIn(at, email, language);
  const { buyerId } = await callApi<{ buyerId: BuyerId }>(cloud.apiUrl, "GET /api/identity/session", {
    token,
  });
  /** All mails but those with codes, newest first. */
  const mails = async () =>
    (await mailsTo(at.mailboxUrl, email)).filter(({ subject }) => !/code/i.test(subject));
  const untilMails = (count: number) =>
    waitFor(`${count} mails to ${email}`, async () => (await mails()).length >= count);
  return { email, token, buyerId, mails, untilMails };
}

async function bought(
  saleId: Awaited<ReturnType<typeof newSale>>,
  token: string,
  quantity = 1,
): Promise<OrderId> {
  const key = crypto.randomUUID();
  const answer = await call("POST /api/sale/purchase", { token, key, body: { saleId, quantity } });
  expect(answer.status).toBe(202);
  return answer.body!.orderId as OrderId;
}

test("a confirmed order is told once, in the language of who bought it: what, for how much, and what happens next", async () => {
  const saleId = await newSale({ name: "Lamp", translations, priceMinor: 4_950, purchaseLimit: 3 });
  const greta = await somebody("de");
  const orderId = await bought(saleId, greta.token, 2);
  await greta.untilMails(1);
  const [mail] = await greta.mails();
  expect(mail).toMatchObject({
    to: greta.email,
    subject: "Bestätigt: Lampe",
    replyTo: "hallo@nordlicht.example",
  });
  const text = mail!.text.replaceAll("\u00a0", " ");
  for (const part of [
    "Ihre Bestellung bei Nordlicht ist bestätigt.",
    "Stück: 2 zu je 49,50 €",
    "Summe: 99,00 €",
    `Bestellung: ${orderId}`,
    "Platz: #1",
    "Wie es weitergeht: Wir liefern in drei Wochen.",
    `/de/order/?id=${orderId}`,
    "hallo@nordlicht.example",
  ])
    expect(text).toContain(part);

  const adam = await somebody();
  await bought(saleId, adam.token);
  await adam.untilMails(1);
  expect((await adam.mails())[0]).toMatchObject({ subject: "Confirmed: Lamp" });
  expect(await greta.mails()).toHaveLength(1);
});

test("units that came back are told each time, and a rejected order with its reason", async () => {
  const saleId = await newSale({ name: "Lamp", purchaseLimit: 3 });
  const adam = await somebody();
  const order = { saleId, orderId: await bought(saleId, adam.token, 3) };
  await adam.untilMails(1);
  await decided(order, { units: 1, reason: "a secret of the staff" });
  await adam.untilMails(2);
  await decided(order, { units: 2 });
  await adam.untilMails(3);
  const [last, middle] = await adam.mails();
  expect(middle).toMatchObject({ subject: "Changed: Lamp" });
  expect(middle!.text).toContain("(1). You still have 2 of 3.");
  expect(last).toMatchObject({ subject: "Cancelled: Lamp" });
  expect(last!.text).toContain("(2). None of it is yours any more.");
  expect(middle!.text + last!.text).not.toContain("secret");

  const eve = await somebody();
  await occupyUnit(cloud, saleId, eve.buyerId);
  await bought(saleId, eve.token);
  await eve.untilMails(1);
  const [rejected] = await eve.mails();
  expect(rejected).toMatchObject({ subject: "Not confirmed: Lamp" });
  expect(rejected!.text).toContain("although it was accepted before");
  expect(rejected!.text).toContain("in an earlier order you have as many units");
});

/** A mail of an order that nobody has been told of, as it lies in the queue. */
const due = async (buyerId: BuyerId) => {
  const saleId = await newSale();
  const { orderId } = (await buy(saleId)).body!;
  const order = {
    orderId,
    saleId,
    buyerId,
    number: 9,
    quantity: 1,
    place: 1,
    reservedAtMs: 1,
    requestId: "r",
  };
  return { ...order, kind: "confirmed" };
};
const send = (...mails: readonly object[]) =>
  cloud.runner.invoke(consumers.orderMailer, {
    Records: [{ messageId: "message", body: JSON.stringify({ mails }) }],
  });
const DONE = { batchItemFailures: [] };

test("a message that comes twice, also at once, is one mail; who has no address gets none", async () => {
  const adam = await somebody();
  const mail = await due(adam.buyerId);
  await Promise.all([send(mail), send(mail)]);
  expect(await send(mail)).toEqual(DONE);
  expect(await adam.mails()).toHaveLength(1);
  expect(await send(await due(aBuyer()))).toEqual(DONE);
});

test("a message that is none of ours waits for somebody, and holds nobody back", async () => {
  const answer = await cloud.runner.invoke(consumers.orderMailer, {
    Records: [{ messageId: "message", body: "{" }],
  });
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "message" }] });
});

test("while SES is down orders are confirmed all the same, and their mails come once it is back", async () => {
  const saleId = await newSale();
  const [adam, eve] = [await somebody(), await somebody("de")];
  await mailbox.stop();
  const orderIds = [await bought(saleId, adam.token), await bought(saleId, eve.token)];
  for (const [index, { token }] of [adam, eve].entries())
    await waitFor("the order is confirmed", async () => {
      const { body } = await call(`GET /api/sale/order/${orderIds[index]}`, { token });
      return (body as { state?: string }).state === "confirmed";
    });
  mailbox = await startMailbox(Number(new URL(mailbox.url).port));
  await Promise.all([adam.untilMails(1), eve.untilMails(1)]);
  expect([(await adam.mails()).length, (await eve.mails()).length]).toEqual([1, 1]);
});
