import { afterAll, describe, expect, test } from "vitest";
import type { OrderPage } from "../../core/contract/admin-orders.ts";
import type { OwnOrder } from "../../core/contract/order.ts";
import type { OpenedPaymentAnswer } from "../../core/contract/payment.ts";
import type { ReconciliationReport } from "../../core/contract/reconciliation.ts";
import type { BuyerId, OrderId, SaleId } from "../../core/ids.ts";
import { callApi } from "../../local/call-api.ts";
import { startMailbox } from "../../local/mailbox/mailbox.ts";
import { signIn } from "../../local/sign-in.ts";
import { testCloud } from "../support/cloud.ts";
import { plainBrowser } from "../support/plain-browser.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { testCancel } from "../support/test-cancel.ts";
import { mailsTo } from "../support/test-mailbox.ts";
import { aBuyer } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const mailbox = await startMailbox(0);
afterAll(() => mailbox.stop());
const cloud = await testCloud({
  environment: { SES_ENDPOINT: mailbox.url },
  visibilityTimeoutSeconds: 1,
});
const { call, newSale, buy } = testApi(cloud.apiUrl);
const { historyOf, decided, operator } = testCancel(cloud.apiUrl);
const plain = plainBrowser(cloud.apiUrl);
const PRICE = 4_900;

type Order = { readonly saleId: SaleId; readonly orderId: OrderId; readonly buyerId: BuyerId };

const orderOf = async ({ orderId, buyerId }: Order) =>
  (await call(`GET /api/sale/order/${orderId}`, { token: tokenOf(buyerId) })).body as unknown as OwnOrder;
const until = (order: Order, state: OwnOrder["state"]) =>
  waitFor(`the order is ${state}`, async () => (await orderOf(order)).state === state);
const intentOf = ({ orderId }: Order) =>
  cloud.payments.books().intents.find(({ metadata }) => metadata["order_id"] === orderId);
const refundsOf = (order: Order) =>
  cloud.payments.books().refunds.filter(({ intent }) => intent === intentOf(order)?.id);

/** An order that was paid on the provider's page, by a card that does so with refunds, and is confirmed. */
async function aPaidOrder(quantity = 1, choice = "pay", buyerId = aBuyer()): Promise<Order> {
  const saleId = await newSale({
    name: "Lamp",
    priceMinor: PRICE,
    purchaseLimit: 3,
    payment: { kind: "held", holdSeconds: 600 },
  });
  const orderId = (await buy(saleId, { buyerId, quantity })).body!.orderId!;
  const token = tokenOf(buyerId);
  const opened = await call(`POST /api/sale/order/${orderId}/payment`, { token, body: {} });
  const { url } = opened.body as unknown as OpenedPaymentAnswer;
  await fetch(`${url}/${choice}`, { method: "POST", redirect: "manual" });
  const order = { saleId, orderId, buyerId };
  await until(order, "confirmed");
  return order;
}
const withdraw = ({ orderId, buyerId }: Order, body: object = {}, key: string = crypto.randomUUID()) =>
  call(`POST /api/sale/order/${orderId}/withdraw`, { token: tokenOf(buyerId), key, body });
const refund = ({ saleId, orderId }: Order, body: object, role: "operator" | "viewer" = "operator") =>
  call(`POST /api/admin/sales/${saleId}/orders/${orderId}/refund`, {
    token: tokenOf(operator, role),
    key: crypto.randomUUID(),
    body: { reason: "scratched", ...body },
  });
const kindsOf = async (order: Order) => (await historyOf(order)).events.map(({ kind }) => kind);
const untilKind = (order: Order, kind: string) =>
  waitFor(`the order has ${kind}`, async () => (await kindsOf(order)).includes(kind as "refunded"));

describe("a buyer who paid", () => {
  test("withdraws from one unit, then from the rest: each paid back once, told by mail, and reconciled", async () => {
    const at = { apiUrl: cloud.apiUrl, mailboxUrl: `${mailbox.url}/mailbox` };
    const token = await signIn(at, "wilma@example.com", "de");
    const { buyerId } = await callApi<{ buyerId: BuyerId }>(cloud.apiUrl, "GET /api/identity/session", {
      token,
    });
    const order = await aPaidOrder(2, "pay", buyerId);
    expect((await orderOf(order)).withdrawal).toMatchObject({ kind: "open" });
    const key = crypto.randomUUID();
    const answer = await withdraw(order, { units: 1 }, key);
    expect(answer).toMatchObject({ status: 202, body: { units: 1, orderId: order.orderId } });
    await untilKind(order, "refunded");
    expect((await withdraw(order, { units: 1 }, key)).body).toEqual(answer.body);
    expect(await withdraw(order, { units: 2 }, key)).toMatchObject({ status: 422 });
    await waitFor("one unit's money is back", () => intentOf(order)?.refunded === PRICE);
    expect(await withdraw(order)).toMatchObject({ status: 202, body: { units: 1 } });
    await until(order, "refunded");
    expect(refundsOf(order)).toHaveLength(2);
    expect(await orderOf(order)).toMatchObject({
      unitsLeft: 0,
      refund: { dueMinor: 0, refundedMinor: 2 * PRICE, currency: "EUR" },
      withdrawal: null,
    });
    expect(await withdraw(order)).toMatchObject({ status: 409, body: { kind: "no_withdrawal" } });
    const subjects = async () =>
      (await mailsTo(at.mailboxUrl, "wilma@example.com")).map(({ subject }) => subject);
    await waitFor("all mails are there", async () => (await subjects()).length >= 6);
    expect((await subjects()).filter((subject) => subject.startsWith("Widerruf eingegangen"))).toHaveLength(
      2,
    );
    expect((await subjects()).filter((subject) => subject.startsWith("Zurückgezahlt"))).toHaveLength(2);
    const { receivedAt } = answer.body as unknown as { receivedAt: string };
    const mails = await mailsTo(at.mailboxUrl, "wilma@example.com");
    const year = new Date(receivedAt).getUTCFullYear();
    expect(mails.find(({ subject }) => subject.startsWith("Widerruf"))?.text).toMatch(
      new RegExp(`Eingegangen: .*${year}`),
    );
    const report = await call(`GET /api/admin/sales/${order.saleId}/reconciliation`, {
      token: tokenOf(operator, "operator"),
    });
    const { money, identities } = report.body as unknown as ReconciliationReport;
    expect(money).toMatchObject({ capturedMinor: 2 * PRICE, refundedMinor: 2 * PRICE, dueMinor: 0 });
    expect(identities.filter(({ holds }) => !holds)).toEqual([]);
    expect(identities.some(({ name }) => name.startsWith("money taken"))).toBe(true);
  });

  test("without script: a first button, a second that confirms, and a form sent twice counts once", async () => {
    const order = await aPaidOrder();
    const token = tokenOf(order.buyerId);
    const path = `/plain/en/order/${order.orderId}`;
    const page = await plain.open(path, token);
    expect(page.body).toContain(`href="${path}/withdraw"`);
    expect((await plain.open("/plain/en/orders", token)).body).toContain(`href="${path}/withdraw"`);
    const step = await plain.open(`${path}/withdraw`, token);
    expect(step.heading).toBe("Withdraw from your order");
    expect(step.words).toContain("Confirm withdrawal");
    const [, key = ""] = /name="key" value="([\w-]+)"/.exec(step.body) ?? [];
    const form = { orderId: order.orderId, units: "1", key };
    for (let time = 0; time < 2; time++)
      expect(await plain.post("/plain/en/withdraw", form, { token })).toMatchObject({
        status: 303,
        location: path,
      });
    await until(order, "refunded");
    expect((await plain.open(path, token)).words).toContain("€49.00 was paid back");
    expect((await plain.post("/plain/en/withdraw", { ...form, key: "key-0002" }, { token })).heading).toBe(
      "There is nothing to withdraw from",
    );
    expect((await plain.post("/plain/en/withdraw", form)).status).toBe(401);
    expect((await plain.open(`${path}/withdraw`)).body).toContain(`value="${path}/withdraw"`);
    expect(
      (await plain.post("/plain/en/withdraw", form, { token, origin: "https://other.example" })).status,
    ).toBe(403);
  });
});

test("of a free order nothing is paid back: returned is its end; an exception is shown with its reason", async () => {
  const buyerId = aBuyer();
  const saleId = await newSale();
  const order = { saleId, buyerId, orderId: (await buy(saleId, { buyerId })).body!.orderId! };
  await until(order, "confirmed");
  expect(await withdraw(order)).toMatchObject({ status: 202 });
  await until(order, "returned");
  expect((await orderOf(order)).refund).toBeUndefined();
  const excepted = await newSale({ withdrawal: { kind: "excepted", exception: "dated_service" } });
  const kept = { saleId: excepted, buyerId, orderId: (await buy(excepted, { buyerId })).body!.orderId! };
  await until(kept, "confirmed");
  expect(await withdraw(kept)).toMatchObject({ status: 409, body: { kind: "no_withdrawal" } });
  const { words } = await plain.open(`/plain/en/order/${kept.orderId}`, tokenOf(buyerId));
  expect(words).toContain("By law there is no right to withdraw from this order: it is for a date");
});

describe("an operator", () => {
  test("gives an amount back while the units stay; a viewer does not; it is audited, and in the CSV", async () => {
    const order = await aPaidOrder();
    expect(await refund(order, { kind: "amount", amountMinor: 900 }, "viewer")).toMatchObject({
      status: 403,
    });
    expect(await refund(order, { kind: "amount", amountMinor: 0 })).toMatchObject({ status: 400 });
    expect(await refund(order, { kind: "amount", amountMinor: 900 })).toMatchObject({ status: 202 });
    await untilKind(order, "refunded");
    expect(await historyOf(order)).toMatchObject({
      order: { state: "confirmed", unitsLeft: 1, capturedMinor: PRICE, refundedMinor: 900 },
      money: { capturedMinor: PRICE, refundedMinor: 900, grantableMinor: 4_000 },
    });
    await refund(order, { kind: "amount", amountMinor: 4_001 });
    await untilKind(order, "wish_refused");
    const token = tokenOf(operator, "operator");
    const audit = await call(`GET /api/admin/sales/${order.saleId}/audit`, { token });
    expect(audit.text.match(/"refund_wished"/g)).toHaveLength(2);
    const csv = await call(`GET /api/admin/sales/${order.saleId}/orders?format=csv`, { token });
    expect(csv.text).toContain("captured_minor,refunded_minor");
    expect(csv.text).toContain(`,${PRICE},900`);
  });

  test("sees a refund that the bank sent back, tries again, and says that it was paid another way", async () => {
    const order = await aPaidOrder(1, "refunds_sent_back");
    await withdraw(order);
    await untilKind(order, "refund_failed");
    const failed = (await historyOf(order)).money!.refunds[0]!;
    expect(failed).toMatchObject({ state: "failed", why: "sent_back", amountMinor: PRICE });
    expect(await orderOf(order)).toMatchObject({ state: "returned", refund: { dueMinor: PRICE } });
    const { refundId } = failed;
    await refund(order, { kind: "again", refundId });
    await waitFor("it was tried again, and failed again", async () => {
      const kinds = await kindsOf(order);
      return refundsOf(order).length === 2 && kinds.filter((kind) => kind === "refund_failed").length === 2;
    });
    await refund(order, { kind: "otherwise", refundId });
    await until(order, "refunded");
    const search = await call(`GET /api/admin/sales/${order.saleId}/orders?state=refunded`, {
      token: tokenOf(operator, "operator"),
    });
    expect((search.body as unknown as OrderPage).orders).toMatchObject([{ orderId: order.orderId }]);
  });

  test("is told of money that went back at the provider's own console; units are theirs to decide on", async () => {
    const order = await aPaidOrder();
    await fetch(`${cloud.payments.url}/console/payments/${intentOf(order)!.id}/refund`, {
      method: "POST",
      body: new URLSearchParams({ amount: String(PRICE) }),
      redirect: "manual",
    });
    await untilKind(order, "refunded_outside");
    expect(await orderOf(order)).toMatchObject({ state: "confirmed", unitsLeft: 1 });
    expect((await historyOf(order)).money).toMatchObject({
      refundedMinor: PRICE,
      refunds: [{ state: "outside", amountMinor: PRICE }],
    });
    await decided(order, { units: 1 });
    await until(order, "refunded");
    expect(refundsOf(order)).toHaveLength(1);
  });
});
