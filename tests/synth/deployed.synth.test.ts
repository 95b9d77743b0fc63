import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createReminders, REMINDER_PARTS } from "../../core/notices/reminders.dynamo.ts";
import { createBeaconRecords } from "../../core/beacon/beacon.dynamo.ts";
import { openSqs } from "../../core/aws/connect.sqs.ts";
import type { SessionView } from "../../core/contract/identity.ts";
import type { PushList, PushSubscriptionView } from "../../core/contract/push.ts";
import type { PushNotice } from "../../core/push/notice.ts";
import { createPushQueue } from "../../core/push/push-queue.sqs.ts";
import { openDynamo } from "../../core/dynamo/connect.dynamo.ts";
import type { SaleNumbers } from "../../core/contract/admin.ts";
import type { Erasure } from "../../core/contract/buyer-data.ts";
import type { PreflightReport } from "../../core/contract/preflight.ts";
import type { PictureReference, StoredPicture } from "../../core/contract/picture.ts";
import type { ApiKeyList, NewApiKey } from "../../core/contract/api-keys.ts";
import type { EventPage } from "../../core/contract/events.ts";
import type {
  DeliveryPage,
  EndpointList,
  EndpointWithSecret,
  TestAnswer,
} from "../../core/contract/webhooks.ts";
import type { RehearsalList } from "../../core/contract/rehearsal.ts";
import type { PurchaseAnswer } from "../../core/contract/purchase-answer.ts";
import { jpegRendition, pictureUrl } from "../../core/contract/renditions.ts";
import type { OperationResult } from "../../ops/operations/operation.ts";
import { migrations, operations, schedules, smokeSessions } from "../../core/topology.ts";
import { startPushService } from "../../local/push/push-service.ts";
import { callApi } from "../../local/call-api.ts";
import { ADMIN_EMAIL, OPERATOR_EMAIL } from "../../local/environment.ts";
import { signIn } from "../../local/sign-in.ts";
import { pictureUpload } from "../support/picture-files.ts";
import { formOf, plainBrowser } from "../support/plain-browser.ts";
import { codeFor } from "../support/test-mailbox.ts";
import { smokePurchase, type SmokeSessions } from "../../core/canary/smoke-purchase.http.ts";
import { components, type DeployedCloud, startDeployedCloud } from "./deployed-cloud.ts";
import { view } from "./view.ts";

const ALLOCATED = 3;
const CONFIRM_LIMIT_MS = 15_000;
const dataDir = mkdtempSync(join(tmpdir(), "flash-sale-deployed-"));
let deployed: DeployedCloud;
let operator: string;

beforeAll(async () => {
  deployed = await startDeployedCloud(dataDir);
  operator = await signIn(deployed.cloud, OPERATOR_EMAIL);
}, 60_000);
afterAll(async () => {
  await deployed.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const call = <Answer>(route: string, options: Parameters<typeof callApi>[2] = {}) =>
  callApi<Answer>(deployed.cloud.apiUrl, route, options);

function newSale(
  picture?: PictureReference,
  more: Readonly<Record<string, unknown>> = {},
): Promise<SaleNumbers> {
  const startsAt = new Date(Date.now() - 1000).toISOString();
  const body = {
    name: "Sneaker",
    priceMinor: 12_900,
    currency: "EUR",
    allocated: ALLOCATED,
    startsAt,
    picture,
    ...more,
  };
  return call("POST /api/admin/sales", { token: operator, idempotencyKey: crypto.randomUUID(), body });
}

/** Buys as the page does: where the answer is that nobody knows yet, it asks again with the same key. */
async function buy(saleId: string, token: string, idempotencyKey: string = crypto.randomUUID()) {
  const endsAtMs = Date.now() + CONFIRM_LIMIT_MS;
  for (;;)
    try {
      const body = { saleId };
      return await call<PurchaseAnswer>("POST /api/sale/purchase", { token, idempotencyKey, body });
    } catch (error) {
      if (!/ 503: /.test((error as Error).message) || Date.now() > endsAtMs) throw error;
      await sleep(500);
    }
}

const untilConfirmed = (orderId: string, token: string) => untilState(orderId, "confirmed", token);

async function untilState(orderId: string, expected: string, token: string): Promise<void> {
  const endsAtMs = Date.now() + CONFIRM_LIMIT_MS;
  for (;;) {
    const { state } = await call<{ state: string }>(`GET /api/sale/order/${orderId}`, { token });
    if (state === expected) return;
    if (Date.now() > endsAtMs) throw new Error(`Order ${orderId} is still ${state}.`);
    await sleep(100);
  }
}

test("a key that an admin has made reads the feed until it is revoked", async () => {
  const token = await signIn(deployed.cloud, ADMIN_EMAIL);
  const body = { name: "Shop", scopes: ["events:read"] };
  const { key, secret } = await call<NewApiKey>("POST /api/admin/keys", { token, body });
  const read = () => call<EventPage>("GET /api/admin/events", { token: secret });
  expect(Array.isArray((await read()).events)).toBe(true);
  expect(await call<ApiKeyList>("GET /api/admin/keys", { token })).toMatchObject({
    keys: [{ keyId: key.keyId, usedAt: expect.stringMatching(/^20/) as string }],
  });
  await call(`DELETE /api/admin/keys/${key.keyId}`, { token });
  await expect(read()).rejects.toThrow("401");
});

test("a webhook goes out under the sender's rights, is signed with the secret that was shown, and noted", async () => {
  const calls: { headers: Record<string, string>; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      calls.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  try {
    const token = await signIn(deployed.cloud, ADMIN_EMAIL);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const body = { name: "Shop", url, notify: "shop@example.com" };
    const added = await call<EndpointWithSecret>("POST /api/admin/webhooks", { token, body });
    const { endpointId } = added.endpoint;
    const { eventId } = await call<TestAnswer>(`POST /api/admin/webhooks/${endpointId}/test`, { token });
    const log = () => call<DeliveryPage>(`GET /api/admin/webhooks/${endpointId}/deliveries`, { token });
    const endsAtMs = Date.now() + CONFIRM_LIMIT_MS;
    while ((await log()).deliveries.find((delivery) => delivery.eventId === eventId)?.state !== "delivered") {
      if (Date.now() > endsAtMs) throw new Error(JSON.stringify(await log()));
      await sleep(100);
    }
    const sent = calls.find(({ headers }) => headers["webhook-id"] === eventId)!;
    expect(new Webhook(added.secret).verify(sent.body, sent.headers)).toMatchObject({ type: "webhook.test" });
    const at = `/api/admin/webhooks/${endpointId}`;
    await call(`PATCH ${at}`, { token, body: { types: ["order.confirmed"] } });
    await call(`POST ${at}/secret`, { token, body: { overlapHours: 1 } });
    await call(`POST ${at}/redeliver`, { token, body: { from: 1, to: 1 } });
    expect(await call<EndpointList>("GET /api/admin/webhooks", { token })).toMatchObject({
      endpoints: [{ endpointId, types: ["order.confirmed"] }],
    });
    await call(`DELETE ${at}`, { token });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("the deployed bundles sell exactly what there is, under the rights that production gives them", async () => {
  const { saleId } = await newSale();
  const shoppers = await Promise.all(
    Array.from({ length: ALLOCATED }, (_, n) => signIn(deployed.cloud, `shopper${n}@example.com`)),
  );
  const late = await signIn(deployed.cloud, "late@example.com");
  const key = crypto.randomUUID();
  const orders = await Promise.all(shoppers.map((token, n) => buy(saleId, token, `${key}-${n}`)));
  expect(orders.map(({ outcome }) => outcome)).toEqual(["accepted", "accepted", "accepted"]);
  expect(await buy(saleId, shoppers[0]!, `${key}-0`)).toMatchObject({ orderId: orders[0]?.orderId });
  expect(await buy(saleId, shoppers[1]!)).toMatchObject({
    outcome: "already_bought",
    orderId: orders[1]?.orderId,
  });
  await expect(buy(saleId, late)).rejects.toThrow(/409.*sold_out/);

  await Promise.all(orders.map(({ orderId }, n) => untilConfirmed(orderId, shoppers[n]!)));
  expect(await call(`GET /api/sale/status/${saleId}`)).toMatchObject({
    phase: "sold_out",
    stock: { allocated: ALLOCATED, available: 0 },
  });
  const mine = await call<{ orders: unknown[] }>(`GET /api/sale/my-order/${saleId}`, { token: shoppers[2]! });
  expect(mine.orders).toHaveLength(1);
  const all = await call<{ orders: unknown[] }>("GET /api/orders", { token: shoppers[2]! });
  expect(all.orders).toMatchObject(mine.orders);
  const { orders: rows } = await call<{ orders: { requestId: string; traceId: string }[] }>(
    `GET /api/admin/sales/${saleId}/orders?format=json`,
    { token: operator },
  );
  expect(rows).toHaveLength(ALLOCATED);
  expect(new Set(rows.map(({ requestId }) => requestId)).size).toBe(ALLOCATED);
  for (const { traceId } of rows) expect(traceId).toMatch(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  const report = await call<{ driftUnits: number }>(`GET /api/admin/sales/${saleId}/reconciliation`, {
    token: operator,
  });
  expect(report.driftUnits).toBe(0);
  const order = `/api/admin/sales/${saleId}/orders/${orders[0]?.orderId}`;
  const body = { units: 1, isWithheld: false, reason: "asked by telephone" };
  await call(`POST ${order}/cancel`, { token: operator, idempotencyKey: crypto.randomUUID(), body });
  await expect
    .poll(() => call(`GET ${order}`, { token: operator }), { timeout: CONFIRM_LIMIT_MS })
    .toMatchObject({ order: { state: "returned" } });
  expect(deployed.iam.denied).toEqual([]);
}, 60_000);

test("every other function does its work under its rights too", async () => {
  const token = operator;
  const picture = await call<StoredPicture>("POST /api/admin/pictures", { token, body: pictureUpload() });
  const shown = await fetch(deployed.cloud.apiUrl + pictureUrl(picture, jpegRendition));
  expect([shown.status, shown.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
  const { saleId } = await newSale({ id: picture.id, alt: "A sneaker" });
  const described = { id: picture.id, alt: "A red sneaker" };
  await call(`PATCH /api/admin/sales/${saleId}`, { token, body: { picture: described } });
  await call(`POST /api/admin/sales/${saleId}/pause`, { token });
  await call(`POST /api/admin/sales/${saleId}/resume`, { token });
  await call(`PATCH /api/admin/sales/${saleId}`, { token, body: { allocated: ALLOCATED + 1 } });
  await call(`POST /api/admin/sales/${saleId}/end`, { token });
  expect(await call(`GET /api/admin/sales/${saleId}`, { token })).toMatchObject({ state: "ended" });
  await call("GET /api/admin/sales", { token });
  await call(`GET /api/admin/sales/${saleId}/audit`, { token });
  await call("GET /api/sales");
  const { beacon, dynamoEndpoint, ledgerTable } = deployed.cloud;
  const dynamo = openDynamo(dynamoEndpoint);
  const records = createBeaconRecords(dynamo, ledgerTable, beacon.chain.hash);
  const round = 1_000_000_000;
  await records.need(round);
  await call(`POST /api/beacon/rounds/${round}`, { body: { signature: beacon.sign(round) } });
  // The schedule takes what is kept off the list.
  await expect.poll(() => records.needed(), { timeout: 15_000 }).toMatchObject({ rounds: [] });
  dynamo.close();
  await call("GET /api/openapi.json");
  await call("GET /api/identity/session", { token });
  await call("DELETE /api/identity/session");
  expect(await call("GET /api/health/ready")).toMatchObject({ status: "ready" });
  const { runner } = deployed.cloud;
  expect(await runner.invoke(operations, { words: ["reconcile", saleId] })).toMatchObject({ isWell: true });
  expect(await runner.invoke(operations, { words: ["dead-letters", "list"] })).toMatchObject({
    isWell: true,
  });
  expect(await runner.invoke(schedules.warmUp, {})).toBeGreaterThan(0);
  expect(await runner.invoke(migrations, {})).toMatch(/^\d{4}_/);
  expect(deployed.iam.denied).toEqual([]);
}, 60_000);

test("roles, a buyer's data, evidence and a go, each under its functions' rights", async () => {
  const { cloud } = deployed;
  const admin = await signIn(cloud, ADMIN_EMAIL);
  const buyer = await signIn(cloud, "leaves@example.com");
  const { saleId } = await newSale();
  const { orderId } = await buy(saleId, buyer);
  await untilConfirmed(orderId, buyer);
  expect(await call(`GET /api/sale/order/${orderId}/receipt`, { token: buyer })).toHaveProperty("signature");
  expect(await call("GET /api/evidence/keys")).toMatchObject({ keys: [{ crv: "Ed25519" }] });
  const sale = `/api/admin/sales/${saleId}`;
  expect(await call(`GET ${sale}/report`, { token: admin })).toHaveProperty("payload");
  const lines = await fetch(`${cloud.apiUrl}${sale}/report/orders`, {
    headers: { authorization: `Bearer ${admin}` },
  });
  expect(await lines.text()).toContain(orderId);

  await call("POST /api/admin/people", { token: admin, body: { email: "eve@example.com", role: "viewer" } });
  expect(await call("GET /api/admin/people", { token: admin })).toHaveProperty("people");
  expect(await call("GET /api/admin/acts", { token: admin })).toHaveProperty("entries");
  expect(await call("GET /api/admin/dead-letters", { token: admin })).toEqual({ letters: [] });
  const none = { token: admin, body: { messageIds: ["none"] } };
  expect(await call("POST /api/admin/dead-letters/redrive", none)).toEqual({ moved: [] });
  const who = { token: admin, body: { who: "leaves@example.com" } };
  expect(await call("POST /api/admin/buyers/export", who)).toMatchObject({ sales: [{ saleId }] });
  expect(await call("POST /api/admin/buyers/erasure", who)).toMatchObject({ state: "postponed" });
  // Of somebody who never bought it is done once no session of theirs can run.
  await signIn(cloud, "only-looks@example.com");
  const other = { token: admin, body: { who: "only-looks@example.com" } };
  const waiting = await call<Erasure>("POST /api/admin/buyers/erasure", other);
  expect(waiting).toMatchObject({ state: "postponed", obstacle: { kind: "open_session", saleId: null } });
  const dynamo = openDynamo(cloud.dynamoEndpoint);
  await dynamo.update({
    TableName: cloud.identityTable,
    Key: { pk: `address#${waiting.buyerId}` },
    UpdateExpression: "set sessionsUntilMs = :over",
    ExpressionAttributeValues: { ":over": 1 },
  });
  dynamo.close();
  expect(await call("POST /api/admin/buyers/erasure", other)).toMatchObject({ state: "done" });
  expect(await call("GET /api/admin/buyers/erasures", { token: admin })).toHaveProperty("erasures");
  expect(await cloud.runner.invoke(schedules.erasures, {})).toBe(0);

  const startsAt = new Date(Date.now() + 5 * 60_000).toISOString();
  const soon = await newSale(undefined, { startsAt });
  // The guardian finds that nobody has decided; every operator and admin is asked.
  await expect
    .poll(() => cloud.runner.invoke(schedules.staffMails, {}), { timeout: 45_000, interval: 1_000 })
    .toBeGreaterThan(0);
  const { revision } = await call<PreflightReport>(`GET /api/admin/sales/${soon.saleId}/preflight`, {
    token: admin,
  });
  const decision = { token: admin, body: { decision: "go", revision, note: "a test" } };
  const go = await call(`POST /api/admin/sales/${soon.saleId}/go`, decision);
  expect(go).toMatchObject({ go: { standing: "stands" } });
  const run = (...words: string[]) => cloud.runner.invoke(operations, { words }) as Promise<OperationResult>;
  for (const words of [
    ["report", saleId],
    ["evidence", "keys"],
    ["buyer", "export", "leaves@example.com"],
  ])
    expect(await run(...words)).toMatchObject({ isWell: true });
  expect(await run("buyer", "erase", "leaves@example.com")).toMatchObject({ isWell: false });
  expect(await run("evidence", "revoke", "none")).toMatchObject({ isWell: false });
  expect(deployed.iam.denied).toEqual([]);
}, 120_000);

test("whoever is about to join a line gets a puzzle, under its function's rights", async () => {
  const { saleId } = await newSale();
  const puzzle = await call(`GET /api/sale/${saleId}/line/challenge`, { token: operator });
  expect(puzzle).toMatchObject({ challenge: { parameters: { data: { saleId } } } });
  expect(deployed.iam.denied).toEqual([]);
}, 60_000);

test("a draft is shown by a link, and asked whether it is ready, under its functions' rights", async () => {
  const { saleId } = await newSale(undefined, { visibility: "draft" });
  const sale = `/api/admin/sales/${saleId}`;
  const { path } = await call<{ path: string }>(`POST ${sale}/preview`, { token: operator, body: {} });
  const seen = await call("POST /api/sale/preview", { body: { token: path.split("#")[1] } });
  expect(seen).toMatchObject({ visibility: "draft", sale: { saleId } });
  expect(await call(`GET ${sale}/preflight`, { token: operator })).toMatchObject({ verdict: "no_go" });
  expect(deployed.iam.denied).toEqual([]);
}, 60_000);

test("a list of guests is read in, and its guests come and buy, with script and without, each under its rights", async () => {
  const guests = { kind: "listed", by: "addresses" };
  const { saleId } = await newSale(undefined, { guests });
  const path = `/api/admin/sales/${saleId}/guests`;
  const change = (how: string, csv: string) => call(`POST ${path}`, { token: operator, body: { how, csv } });
  await change("replace", "address\nguest@example.com\nother@example.com");
  await change("remove", "address\nother@example.com");
  expect(await call(`GET ${path}`, { token: operator })).toMatchObject({ listed: 1, came: 0 });
  const guest = await signIn(deployed.cloud, "guest@example.com");
  const { invitation } = await call<{ invitation: string }>(`POST /api/sale/${saleId}/invitation`, {
    token: guest,
    body: {},
  });
  const bought = await call<PurchaseAnswer>("POST /api/sale/purchase", {
    token: guest,
    idempotencyKey: crypto.randomUUID(),
    body: { saleId, invitation },
  });
  expect(bought.outcome).toBe("accepted");
  const { siteUrl } = deployed.cloud;
  const { open, post } = plainBrowser(siteUrl);
  expect((await open(`/plain/en/sale/${saleId}`, guest)).body).toContain("You are on the list.");
  const byCode = await newSale(undefined, { guests: { kind: "listed", by: "codes" } });
  await call(`POST /api/admin/sales/${byCode.saleId}/guests`, {
    token: operator,
    body: { how: "add", csv: "code\nWELCOME-1" },
  });
  const form = { saleId: byCode.saleId, code: "welcome-1" };
  expect((await post("/plain/en/invitation", form, { token: guest })).status).toBe(303);
  expect(deployed.iam.denied).toEqual([]);
}, 60_000);

test("passkeys are offered, listed, refused and removed, and a shop without a sign-in of its own says so, each under its rights", async () => {
  const token = await signIn(deployed.cloud, "passkeys@example.com");
  const passkeys = "/api/identity/passkeys";
  expect(await call("POST /api/identity/passkey/challenge")).toMatchObject({ userVerification: "required" });
  expect(await call(`GET ${passkeys}`, { token })).toEqual({ passkeys: [] });
  expect(await call(`POST ${passkeys}/options`, { token })).toMatchObject({ attestation: "none" });
  const id = "a-passkey-of-nobody";
  const response = { id, rawId: id, type: "public-key", response: { clientDataJSON: "" } };
  await expect(call(`POST ${passkeys}`, { token, body: { response, name: "None" } })).rejects.toThrow(/400/);
  await expect(call(`POST /api/identity/passkey/session`, { body: { response } })).rejects.toThrow(/401/);
  await expect(call(`DELETE ${passkeys}/${id}`, { token })).rejects.toThrow(/404/);
  const { siteUrl } = deployed.cloud;
  for (const path of ["/plain/en/openid", "/plain/en/openid/return"])
    expect((await fetch(siteUrl + path, { redirect: "manual" })).status).toBe(404);
  expect(deployed.iam.denied).toEqual([]);
}, 60_000);

test("a browser is told under the sender's rights, until it is switched off or signed out", async () => {
  const { sqsEndpoint, pushQueueUrl, apiUrl } = deployed.cloud;
  const service = await startPushService();
  const sqs = openSqs(pushQueueUrl, sqsEndpoint);
  try {
    const token = await signIn(deployed.cloud, "browsers@example.com");
    const { buyerId } = await call<SessionView>("GET /api/identity/session", { token });
    const { saleId } = await newSale();
    const [gone, phone, laptop] = [service.subscribe(), service.subscribe(), service.subscribe()];
    gone.behave("gone");
    const added = await Promise.all(
      [gone, phone, laptop].map(({ endpoint, keys }) =>
        call<PushSubscriptionView>("POST /api/identity/push", { token, body: { endpoint, keys } }),
      ),
    );
    const notice = { kind: "opening", saleId, buyerId, notAfterMs: Date.now() + 60_000 } as PushNotice;
    await createPushQueue(sqs).sendAll([notice]);
    const listed = async () =>
      (await call<PushList>("GET /api/identity/push", { token })).subscriptions.map(({ pushId }) => pushId);
    await expect.poll(listed, { timeout: CONFIRM_LIMIT_MS }).not.toContain(added[0]!.pushId);
    for (const browser of [phone, laptop])
      await expect
        .poll(browser.brought, { timeout: CONFIRM_LIMIT_MS })
        .toMatchObject([{ message: { kind: "opening", title: "Sneaker" } }]);
    await call(`DELETE /api/identity/push/${added[1]!.pushId}`, { token });
    expect(await listed()).toEqual([added[2]!.pushId]);
    const headers = { authorization: `Bearer ${token}`, cookie: `push=${added[2]!.pushId}` };
    const out = await fetch(`${apiUrl}/api/identity/session`, { method: "DELETE", headers });
    expect([out.status, deployed.iam.denied]).toEqual([204, []]);
  } finally {
    sqs.close();
    await service.stop();
  }
}, 60_000);

test("a launch is rehearsed and removed, each function under its rights", async () => {
  const body = { buyers: 6, units: 2, fault: "sent_twice" };
  const idempotencyKey = crypto.randomUUID();
  await call("POST /api/admin/rehearsals", { token: operator, idempotencyKey, body });
  const listed = async () => {
    const { rehearsals } = await call<RehearsalList>("GET /api/admin/rehearsals", { token: operator });
    return rehearsals[0];
  };
  await expect.poll(listed, { timeout: 80_000, interval: 500 }).toMatchObject({ state: "done" });
  expect((await listed())?.verdict).toMatchObject({ isGo: true, answers: { accepted: 2, sold_out: 4 } });
  expect(deployed.iam.denied).toEqual([]);
}, 120_000);

/** A unit that is to be paid for. */
async function aHold(email: string) {
  const { saleId } = await newSale(undefined, { payment: { kind: "held", holdSeconds: 600 } });
  const token = await signIn(deployed.cloud, email);
  const { orderId } = await buy(saleId, token);
  return { saleId, orderId, token };
}

const pay = (url: string) => fetch(`${url}/pay`, { method: "POST", redirect: "manual" });

test("holds are paid, withdrawn from and given up, with script and without, each function under its rights", async () => {
  const paid = await aHold("payer@example.com");
  const opened = await call<{ url: string }>(`POST /api/sale/order/${paid.orderId}/payment`, {
    token: paid.token,
    body: {},
  });
  const back = await pay(opened.url);
  expect((await fetch(back.headers.get("location")!)).status).toBe(200);
  await untilState(paid.orderId, "confirmed", paid.token);
  const idempotencyKey = crypto.randomUUID();
  await call(`POST /api/admin/sales/${paid.saleId}/orders/${paid.orderId}/refund`, {
    token: operator,
    idempotencyKey,
    body: { kind: "amount", amountMinor: 100, reason: "scratched" },
  });
  await call(`POST /api/sale/order/${paid.orderId}/withdraw`, {
    token: paid.token,
    idempotencyKey,
    body: { units: 1 },
  });
  await untilState(paid.orderId, "refunded", paid.token);

  const givenUp = await aHold("gives-up@example.com");
  await call(`DELETE /api/sale/order/${givenUp.orderId}/hold`, { token: givenUp.token });
  await untilState(givenUp.orderId, "cancelled", givenUp.token);

  const { post } = plainBrowser(deployed.cloud.siteUrl);
  const plain = await aHold("plain-payer@example.com");
  const goOn = await post("/plain/en/payment", { orderId: plain.orderId }, { token: plain.token });
  const address = /href="([^"]*\/pay\/[^"]*)"/.exec(goOn.body)?.[1];
  await pay(address!);
  await untilState(plain.orderId, "confirmed", plain.token);
  const step = await plainBrowser(deployed.cloud.siteUrl).open(
    `/plain/en/order/${plain.orderId}/withdraw`,
    plain.token,
  );
  const [, key = ""] = /name="key" value="([\w-]+)"/.exec(step.body) ?? [];
  const confirmed = { orderId: plain.orderId, units: "1", key };
  expect((await post("/plain/en/withdraw", confirmed, { token: plain.token })).status).toBe(303);
  await untilState(plain.orderId, "refunded", plain.token);
  const second = await aHold("plain-gives-up@example.com");
  const form = { orderId: second.orderId };
  expect((await post("/plain/en/cancel", form, { token: second.token })).status).toBe(303);
  await untilState(second.orderId, "cancelled", second.token);
  expect(deployed.iam.denied).toEqual([]);
}, 60_000);

/** A sale whose line can be joined for two minutes yet. */
function newRoom(): Promise<SaleNumbers> {
  const startsAtMs = Date.now() + 4 * 60_000;
  const body = {
    name: "Sneaker",
    priceMinor: 12_900,
    currency: "EUR",
    allocated: ALLOCATED,
    startsAt: new Date(startsAtMs).toISOString(),
    mode: {
      kind: "waiting_room",
      closesAt: new Date(startsAtMs - 2 * 60_000).toISOString(),
      admissionsPerSecond: 10,
      mostInside: 100,
    },
  };
  return call("POST /api/admin/sales", { token: operator, idempotencyKey: crypto.randomUUID(), body });
}

test("a line is joined, watched, paced, left and read by anybody, with script and without, each under its rights", async () => {
  const { saleId } = await newRoom();
  const shopper = await signIn(deployed.cloud, "waiting@example.com");
  const entry = `/api/sale/${saleId}/line/entry`;
  const { ticket } = await call<{ ticket: string }>(`POST ${entry}`, { token: shopper, body: {} });
  expect(await call(`GET ${entry}`, { token: shopper })).toMatchObject({ entries: [{ ticket }] });
  const line = `/api/sale/${saleId}/line`;
  expect(await call(`GET ${line}`)).toMatchObject({ mode: "waiting_room" });
  await call(`GET /api/admin/sales/${saleId}/line`, { token: operator });
  // The guardian writes the first line of the log; until then there is nothing to change, and no file.
  const settings = { token: operator, body: { admissionsPerSecond: 5 } };
  await expect
    .poll(() => call(`PATCH /api/admin/sales/${saleId}/line`, settings).catch(() => null), {
      timeout: 20_000,
    })
    .not.toBeNull();
  const later = `/api/admin/sales/${saleId}/line/checked-later`;
  await call(`GET ${later}`, { token: operator });
  await call(`POST ${later}/undo`, { token: operator, body: { list: 0, why: "address" } });
  const files = `${deployed.cloud.apiUrl}/api/sale/${saleId}/fairness`;
  const answers = await Promise.all(
    ["", "/log/0", "/lists/0/0", "/orders/0"].map((path) => fetch(files + path)),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 404]);
  await expect(
    call("POST /api/sale/purchase", {
      token: shopper,
      idempotencyKey: crypto.randomUUID(),
      body: { saleId, ticket },
    }),
  ).rejects.toThrow(/403/);
  const { post } = plainBrowser(deployed.cloud.siteUrl);
  const form = { saleId, quantity: "1" };
  expect((await post("/plain/en/join", form, { token: shopper })).status).toBe(303);
  expect((await post("/plain/en/leave", { saleId }, { token: shopper })).status).toBe(303);
  await call(`POST ${entry}`, { token: shopper, body: {} });
  expect(await call(`DELETE ${entry}`, { token: shopper })).toBeUndefined();
  expect(await call("GET /api/sales/past/newest")).toMatchObject({ sales: [] });
  expect((await fetch(`${deployed.cloud.siteUrl}/plain/en/past/newest`)).status).toBe(200);
  expect(deployed.iam.denied).toEqual([]);
}, 60_000);

test("reminders are asked for, taken back and stopped, and a line for returns is joined, each under its rights", async () => {
  const token = await signIn(deployed.cloud, "reader@example.com");
  const { saleId } = await newSale(undefined, { startsAt: new Date(Date.now() + 3_600_000).toISOString() });
  const reminder = `/api/sale/${saleId}/reminder`;
  await call(`POST ${reminder}`, { token, body: {} });
  expect(await call(`GET ${reminder}`, { token })).toMatchObject({ isAsked: true });
  await call(`DELETE ${reminder}`, { token });
  const { open, post } = plainBrowser(deployed.cloud.siteUrl);
  expect((await post("/plain/en/remind", { saleId, isWanted: "yes" }, { token })).status).toBe(303);
  const { dynamoEndpoint, lineTable } = deployed.cloud;
  const dynamo = openDynamo(dynamoEndpoint);
  const reminders = createReminders(dynamo, lineTable);
  const parts = Array.from({ length: REMINDER_PARTS }, (_, part) => reminders.ofPart(saleId, part));
  const stop = (await Promise.all(parts)).flat()[0]!.unsubscribe;
  dynamo.close();
  expect((await open(`/plain/en/unsubscribe/${stop}`)).status).toBe(200);
  expect((await post("/plain/en/unsubscribed", { token: stop })).status).toBe(200);
  await call(`POST /api/unsubscribe/${stop}`);
  expect(await call(`GET ${reminder}`, { token })).toMatchObject({ isAsked: false });

  const paid = await newSale(undefined, { payment: { kind: "held", holdSeconds: 600 }, allocated: 1 });
  const holder = await signIn(deployed.cloud, "holds@example.com");
  await buy(paid.saleId, holder);
  await call(`POST /api/sale/${paid.saleId}/line/entry`, { token, body: {} });
  // The guardian lets its returns go by turns, and begins the log.
  await expect
    .poll(() => fetch(`${deployed.cloud.apiUrl}/api/sale/${paid.saleId}/fairness/log/0`), { timeout: 20_000 })
    .toMatchObject({ status: 200 });
  const { runner } = deployed.cloud;
  expect(await runner.invoke(schedules.drawResults, { runSeconds: 1 })).toBeGreaterThanOrEqual(0);
  expect(deployed.iam.denied).toEqual([]);
}, 60_000);

test("a browser without script reads, signs in, buys and looks at its order, each page under its rights", async () => {
  const { saleId } = await newSale();
  const { siteUrl, mailboxUrl } = deployed.cloud;
  const { open, post } = plainBrowser(siteUrl);
  const page = await open(`/sale/${saleId}`);
  expect(page.body).toContain(`<link rel="canonical" href="${siteUrl}/sale/${saleId}" />`);
  expect((await open("/plain/en")).body).toContain(saleId);
  const address = `/plain/en/sale/${saleId}`;
  const email = "plain@example.com";
  const code = await post("/plain/en/code", { ...formOf(await open(address), "/plain/en/code"), email });
  const fields = { ...formOf(code, "/plain/en/session"), code: await codeFor(mailboxUrl, email) };
  const session = await post("/plain/en/session", fields);
  const token = /session=([^;]+)/.exec(session.headers["set-cookie"]?.[0] ?? "")?.[1] ?? "";
  const form = formOf(await open(address, token), "/plain/en/purchase")!;
  let location: string | undefined;
  await expect
    .poll(async () => ({ location } = await post("/plain/en/purchase", form, { token })).status, {
      timeout: 15_000,
    })
    .toBe(303);
  expect((await open(location!, token)).heading).toMatch(/^(Accepted|It is yours)/);
  expect((await open("/plain/en/orders", token)).body).toContain(location);
  expect((await open(`/plain/en/calendar/${saleId}`)).body).toContain("BEGIN:VCALENDAR");
  expect((await post("/plain/en/sign-out", { next: "/plain/en" }, { token })).status).toBe(303);
  expect(deployed.iam.denied).toEqual([]);
}, 60_000);

test("the smoke purchase of a deploy is confirmed, and the preflight says what it sees", async () => {
  const { runner, apiUrl } = deployed.cloud;
  // The canary is the same purchase, by itself and through the CDN.
  await expect(runner.invoke(schedules.canary, {})).resolves.toMatch(/^ord_/);
  const sessions = (await runner.invoke(smokeSessions, {})) as SmokeSessions;
  await expect(smokePurchase(apiUrl, sessions)).resolves.toMatch(/^ord_/);
  const { saleId } = await newSale();
  const preflight = () =>
    runner.invoke(operations, { words: ["preflight", saleId] }) as Promise<OperationResult>;
  await expect
    .poll(preflight, { timeout: 15_000 })
    .toMatchObject({ isWell: true, output: expect.stringMatching(/\nGO$/) });
  await call(`POST /api/admin/sales/${saleId}/pause`, { token: operator });
  const paused = await preflight();
  expect(paused.isWell).toBe(false);
  expect(paused.output).toContain("NO-GO    sale: the sale is paused");
  expect(deployed.iam.denied).toEqual([]);
}, 60_000);

test("a function that knows the origin secret refuses who does not, and sees the viewer's address", async () => {
  const url = `${deployed.cloud.apiUrl}/api/health`;
  expect((await fetch(url)).status).toBe(403);
  expect((await fetch(url, { headers: { "x-origin-secret": "guess" } })).status).toBe(403);
  expect((await fetch(url, { headers: { "x-origin-secret": "known-to-the-cdn-alone" } })).status).toBe(200);
});

test("no function held more than 70 % of its memory at its peak", () => {
  const functions = view("production").functions();
  const peaks = [...components].flatMap(([handler, component]) => {
    const limit = functions.find(({ name }) => name.startsWith(component))?.inputs["memorySize"] as number;
    const workers = deployed.cloud.workers?.workers(handler) ?? [];
    return workers.map(({ pid }) => ({ component, limit, megabytes: peakMegabytes(pid) }));
  });
  const measured = new Set(peaks.map(({ component }) => component));
  expect([...components.values()].filter((component) => !measured.has(component))).toEqual([]);
  expect(peaks.filter(({ limit, megabytes }) => megabytes > 0.7 * limit)).toEqual([]);
});

/** Of the process's memory, on Linux; 0 elsewhere. */
function peakMegabytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
