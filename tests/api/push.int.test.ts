import { afterAll, expect, test } from "vitest";
import type { PushList, PushSubscriptionView } from "../../core/contract/push.ts";
import type { SessionView } from "../../core/contract/identity.ts";
import { openDynamo } from "../../core/dynamo/connect.dynamo.ts";
import { vapidPublicKeyOf } from "../../core/push/vapid.ts";
import { loadConfig } from "../../core/config.ts";
import { startPushService } from "../../local/push/push-service.ts";
import { askCode, signIn } from "../../local/sign-in.ts";
import { testCloud } from "../support/cloud.ts";
import { plainBrowser } from "../support/plain-browser.ts";
import { testApi, tokenOf } from "../support/test-api.ts";

const service = await startPushService();
afterAll(() => service.stop());
const cloud = await testCloud({ trigger: false, environment: { PUSH_SERVICES: "127.0.0.1" } });
const { call } = testApi(cloud.apiUrl);

const PATH = "/api/identity/push";
const bodyOf = ({ endpoint, keys } = service.subscribe()) => ({ endpoint, keys, language: "de" });
const add = (token: string, body: unknown = bodyOf()) => call(`POST ${PATH}`, { token, body });
const listOf = async (token: string, cookie = "") =>
  (await call(`GET ${PATH}`, { token, headers: { cookie } })).body as unknown as PushList;
const cookieOf = ({ headers }: Awaited<ReturnType<typeof call>>) =>
  headers.getSetCookie().find((cookie) => cookie.startsWith("push="))!;

test("a buyer switches a browser on and off, and sees which of theirs is which", async () => {
  const token = tokenOf();
  const { PUSH_KEY } = loadConfig(["PUSH_KEY"]);
  expect(await listOf(token)).toEqual({ publicKey: vapidPublicKeyOf(PUSH_KEY), subscriptions: [] });
  const body = bodyOf();
  const [added, again] = [await add(token, body), await add(token, body)];
  expect([added.status, again.status]).toEqual([201, 201]);
  const { pushId } = added.body as unknown as PushSubscriptionView;
  expect(cookieOf(added)).toMatch(/^push=[\w-]{32}; Path=\/; Max-Age=15552000; HttpOnly; SameSite=Strict$/);
  await add(token);
  const cookie = cookieOf(added).split(";")[0]!;
  const { subscriptions } = await listOf(token, cookie);
  expect(subscriptions.map(({ isThisBrowser }) => isThisBrowser)).toEqual([true, false]);
  expect(JSON.stringify(subscriptions)).not.toContain(body.endpoint);

  const other = tokenOf();
  expect((await call(`DELETE ${PATH}/${pushId}`, { token: other })).status).toBe(404);
  const removed = await call(`DELETE ${PATH}/${pushId}`, { token, headers: { cookie } });
  expect([removed.status, cookieOf(removed)]).toEqual([204, expect.stringContaining("Max-Age=0")]);
  expect((await call(`DELETE ${PATH}/${pushId}`, { token })).status).toBe(404);
  expect((await listOf(token)).subscriptions).toHaveLength(1);
});

test("signing out in a browser ends what it is told, with a script and without", async () => {
  const { post } = plainBrowser(cloud.apiUrl);
  const [ada, bob] = [tokenOf(), tokenOf()];
  const cookies = await Promise.all(
    [ada, bob].map(async (token) => cookieOf(await add(token)).split(";")[0]!),
  );
  const out = await call("DELETE /api/identity/session", {
    headers: { cookie: `session=${ada}; ${cookies[0]}`, origin: cloud.apiUrl },
  });
  expect([out.status, cookieOf(out)]).toEqual([204, expect.stringContaining("Max-Age=0")]);
  const plain = await post("/plain/en/sign-out", { next: "/plain/en" }, { token: `${bob}; ${cookies[1]}` });
  expect(plain.status).toBe(303);
  const dynamo = openDynamo(cloud.dynamoEndpoint);
  const left = await Promise.all(
    cookies.map((cookie) =>
      dynamo.get({ TableName: cloud.identityTable, Key: { pk: cookie.replace("=", "#") } }),
    ),
  );
  dynamo.close();
  expect(left.map(({ Item }) => Item)).toEqual([undefined, undefined]);
});

test("a session that begins in a browser renews what its buyer is told there, and ends what another was, with a script and without", async () => {
  const email = `${crypto.randomUUID()}@example.com`;
  const { buyerId } = (await call("GET /api/identity/session", { token: await signIn(cloud, email) }))
    .body as unknown as SessionView;
  const cookie = cookieOf(await add(tokenOf(buyerId))).split(";")[0]!;
  const dynamo = openDynamo(cloud.dynamoEndpoint);
  const kept = async () =>
    (await dynamo.get({ TableName: cloud.identityTable, Key: { pk: cookie.replace("=", "#") } })).Item;
  const again = await call("POST /api/identity/session", {
    headers: { cookie, origin: cloud.apiUrl },
    body: await askCode(cloud, email),
  });
  expect([again.status, cookieOf(again)]).toEqual([200, undefined]);
  const { expiresAt } = again.body as unknown as SessionView;
  expect(await kept()).toMatchObject({ buyerId, sessionUntilMs: Date.parse(expiresAt) });

  const other = `${crypto.randomUUID()}@example.com`;
  const form = { ...(await askCode(cloud, other)), email: other, next: "/plain/en" };
  // Sent with the cookie of the browser, and no session's.
  const { post } = plainBrowser(cloud.apiUrl);
  const plain = await post("/plain/en/session", form, { token: `; ${cookie}` });
  expect([plain.status, await kept()]).toEqual([303, undefined]);
  dynamo.close();
});

test("what is no browser at a push service is refused, each wrong field named", async () => {
  const token = tokenOf();
  const good = bodyOf();
  for (const [body, field] of [
    [{ ...good, endpoint: "https://example.com/push" }, "endpoint"],
    [{ ...good, endpoint: "http://169.254.169.254/latest" }, "endpoint"],
    [{ ...good, endpoint: "no address" }, "endpoint"],
    [{ ...good, keys: { ...good.keys, auth: "short" } }, "keys.auth"],
    [{ ...good, keys: { ...good.keys, p256dh: `A${good.keys.p256dh.slice(1)}` } }, "keys.p256dh"],
  ] as const) {
    const answer = await add(token, body);
    expect([answer.status, answer.body?.errors?.map((error) => error.field)]).toEqual([400, [field]]);
  }
  expect((await call(`POST ${PATH}`, { body: good })).status).toBe(401);
  expect((await listOf(token)).subscriptions).toEqual([]);
});

test("a buyer has five browsers, and room again for one that was switched off", async () => {
  const token = tokenOf();
  for (let count = 0; count < 5; count++) expect((await add(token)).status).toBe(201);
  expect(await add(token)).toMatchObject({ status: 409, body: { title: expect.any(String) as string } });
  const [{ pushId } = { pushId: "" }] = (await listOf(token)).subscriptions;
  await call(`DELETE ${PATH}/${pushId}`, { token });
  expect((await add(token)).status).toBe(201);
});
