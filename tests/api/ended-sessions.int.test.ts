import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { loadConfig } from "../../core/config.ts";
import { issueSession, sessionSigner } from "../../core/identity/session.ts";
import { staffMark } from "../../core/identity/staff.ts";
import { testFaultyCloud } from "../support/faulty-cloud.ts";
import { plainBrowser } from "../support/plain-browser.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { testDynamo } from "../support/test-aws.ts";
import { aBuyer, FAR_AHEAD_MS } from "../support/test-sale.ts";
import { waitFor } from "../support/wait-for.ts";

const cloud = await testFaultyCloud();
const { call, newSale } = testApi(cloud.apiUrl);
const { post, open } = plainBrowser(cloud.apiUrl);

const signOut = (token: string) => call("DELETE /api/identity/session", { token });
const look = (token: string) => call("GET /api/admin/sales", { token });
const buy = (token: string, saleId: string) =>
  call("POST /api/sale/purchase", { token, key: crypto.randomUUID(), body: { saleId } });

/** A token of somebody who had this role when it was issued, by the address that it was issued to. */
function staffToken(role: "viewer" | "operator" | "admin", email: string): string {
  const { SESSION_SECRET, STAGE } = loadConfig(["SESSION_SECRET"]);
  const signer = sessionSigner(SESSION_SECRET, STAGE);
  const mark = staffMark(signer.key, email);
  return issueSession(signer, { buyerId: aBuyer(), role, expiresAtMs: FAR_AHEAD_MS, staffMark: mark });
}

test("a token is worth nothing after its sign-out: by a token, by the cookie, by the form of a plain page", async () => {
  const saleId = await newSale();
  const [byToken, byCookie, byForm] = [tokenOf(), tokenOf(), tokenOf()];
  expect((await signOut(byToken)).status).toBe(204);
  const headers = { cookie: `session=${byCookie}`, origin: cloud.apiUrl };
  expect((await call("DELETE /api/identity/session", { headers })).status).toBe(204);
  expect((await post("/plain/en/sign-out", { next: "/plain/en" }, { token: byForm })).status).toBe(303);
  for (const token of [byToken, byCookie, byForm]) {
    expect(await call("GET /api/identity/session", { token })).toMatchObject({ status: 401 });
    expect(await buy(token, saleId)).toMatchObject({ status: 401, body: { kind: "unauthenticated" } });
    expect((await open(`/plain/en/sale/${saleId}`, token)).words).toContain("E-mail address");
    const form = { saleId, quantity: "1", key: crypto.randomUUID() };
    expect((await post("/plain/en/purchase", form, { token })).status).toBe(401);
  }
  expect((await buy(tokenOf(), saleId)).status).toBe(202);
});

test("where the list was read a moment ago, it buys for ten seconds at most", async () => {
  const saleId = await newSale({ allocated: 100 });
  const token = tokenOf();
  expect((await buy(token, saleId)).status).toBe(202);
  expect((await signOut(token)).status).toBe(204);
  const signedOutMs = performance.now();
  await waitFor("the token to be refused", async () => (await buy(token, saleId)).status === 401);
  expect(performance.now() - signedOutMs).toBeLessThan(10_500);
});

test("a staff session ends at once, on every look", async () => {
  const token = staffToken("operator", "operator@example.com");
  expect((await call("GET /api/admin/sales", { token })).status).toBe(200);
  expect((await signOut(token)).status).toBe(204);
  expect((await call("GET /api/admin/sales", { token })).status).toBe(401);
});

test("a role that was taken or lowered since is worth no more than it is now", async () => {
  const saleId = await newSale();
  const end = (token: string) => call(`POST /api/admin/sales/${saleId}/pause`, { token });
  const dismissed = staffToken("admin", "dismissed@example.com");
  expect(await look(dismissed)).toMatchObject({ status: 403, body: { kind: "forbidden" } });
  const lowered = staffToken("operator", "viewer@example.com");
  expect([(await look(lowered)).status, (await end(lowered)).status]).toEqual([200, 403]);
  const raised = staffToken("viewer", "operator@example.com");
  expect([(await look(raised)).status, (await end(raised)).status]).toEqual([200, 403]);
  expect((await end(staffToken("operator", "operator@example.com"))).status).toBe(200);
});

/** As old as a list may be without being read again. */
const untilOld = () => sleep(5_100);

test("a list that cannot be read keeps nobody from buying; nobody is told that they are signed out", async () => {
  const saleId = await newSale({ allocated: 100 });
  const broken = { pk: "revoked#shopper", ended: "no list" };
  const dynamo = testDynamo(cloud.dynamoEndpoint);
  await dynamo.send(new PutCommand({ TableName: cloud.identityTable, Item: broken }));
  await untilOld();
  const buyers = Array.from({ length: 20 }, () => buy(tokenOf(), saleId));
  const statuses = (await Promise.all(buyers)).map(({ status }) => status);
  expect(statuses).toContain(202);
  // A busy machine's stores may not answer in time; nobody is told that they are not signed in.
  expect(statuses.filter((status) => status !== 202 && status !== 503)).toEqual([]);
  const answer = await signOut(tokenOf());
  expect(answer.status).toBe(500);
  expect(answer.headers.getSetCookie()).toEqual([]);
});

test("while its table is silent the gate's answers come all the same, and staff are told to ask again", async () => {
  const saleId = await newSale({ allocated: 1 });
  expect((await buy(tokenOf(), saleId)).status).toBe(202);
  await untilOld();
  cloud.dynamo.set("mute");
  try {
    const startedMs = performance.now();
    const refused = await Promise.all(Array.from({ length: 20 }, () => buy(tokenOf(), saleId)));
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([409]));
    expect(performance.now() - startedMs).toBeLessThan(2_000);
    const staff = staffToken("operator", "operator@example.com");
    const unavailable = { status: 503, body: { kind: "unavailable" } };
    expect(await call("GET /api/admin/sales", { token: staff })).toMatchObject(unavailable);
    expect(await signOut(tokenOf())).toMatchObject(unavailable);
  } finally {
    cloud.dynamo.set("pass");
  }
});
