import { describe, expect, test } from "vitest";
import { httpFunction } from "../../core/topology.ts";
import { type RouteName, routes } from "../../core/contract/routes.ts";
import { newOrderId, type SaleId } from "../../core/ids.ts";
import { testCloud } from "../support/cloud.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer, NOW_MS } from "../support/test-sale.ts";

const cloud = await testCloud({ trigger: false });
const { call, newSale } = testApi(cloud.apiUrl);

const names = Object.keys(routes) as RouteName[];
const unsafe = names.filter((name) => !httpFunction(name).route.startsWith("GET "));
const ownOrigin = { origin: cloud.apiUrl, "sec-fetch-site": "same-origin" };
const senders = {
  "another site": { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
  "a sibling host": { origin: cloud.apiUrl, "sec-fetch-site": "same-site" },
  "an old browser on another site": { origin: "https://evil.example" },
  "a sandboxed frame": { origin: "null" },
  "a form without an Origin": {},
} as const;

/** An admin's request by the cookie, as a page would send it that knows the sale. */
async function ask(
  name: RouteName,
  headers: Readonly<Record<string, string>>,
  saleId: string,
  token?: string,
) {
  const cookie = token === undefined && { cookie: `session=${tokenOf(aBuyer(), "admin")}` };
  const route = httpFunction(name)
    .route.replace("{saleId}", saleId)
    .replace("{orderId}", newOrderId(saleId as SaleId, NOW_MS));
  const key = crypto.randomUUID();
  const body = name === "purchase" ? { saleId } : name === "updateSale" ? { name: "Other" } : {};
  return call(route, { body, key, token, headers: { ...headers, ...cookie } });
}

test("the routes that change something are those of the contract", () => {
  expect(unsafe.toSorted()).toEqual([
    "addPasskey",
    "addPush",
    "bringSignature",
    "cancelHold",
    "cancelOrder",
    "changeGuests",
    "changeLine",
    "changeRole",
    "changeWebhookEndpoint",
    "createApiKey",
    "createSale",
    "createWebhookEndpoint",
    "decideGo",
    "deleteWebhookEndpoint",
    "endSale",
    "eraseBuyer",
    "exportBuyer",
    "forgetReminder",
    "joinLine",
    "leaveLine",
    "openPayment",
    "passkeyChallenge",
    "passkeyOptions",
    "passkeySignIn",
    "pauseSale",
    "paymentWebhook",
    "preview",
    "previewLink",
    "purchase",
    "redeliverWebhooks",
    "redriveDeadLetters",
    "refundOrder",
    "remindMe",
    "removePasskey",
    "removePush",
    "requestCode",
    "requestInvitation",
    "resumeSale",
    "revokeApiKey",
    "rotateWebhookSecret",
    "signIn",
    "signOut",
    "startRehearsal",
    "stepRehearsal",
    "storePicture",
    "testWebhookEndpoint",
    "undoCheckedLater",
    "unsubscribe",
    "updateSale",
    "withdraw",
  ]);
});

describe.each(unsafe)("%s by the cookie", (name) => {
  test.each(Object.entries(senders))("from %s: 403, and nothing is done", async (_who, headers) => {
    const saleId = await newSale();
    const answer = await ask(name, headers, saleId);
    expect(answer).toMatchObject({ status: 403, body: { kind: "forbidden" } });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.body?.detail).toContain("own pages");
    expect(answer.headers.getSetCookie()).toEqual([]);
    const { body } = await call(`GET /api/sale/status/${saleId}`);
    expect(body).toMatchObject({ phase: "open", name: "Sneaker", stock: { available: 5 } });
  });

  test("from a page of the site, or by a bearer token from anywhere: it is not refused for that", async () => {
    const saleId = await newSale();
    expect((await ask(name, ownOrigin, saleId)).body?.detail ?? "").not.toContain("own pages");
    const foreign = senders["another site"];
    const { body } = await ask(name, foreign, saleId, tokenOf(aBuyer(), "admin"));
    expect(body?.detail ?? "").not.toContain("own pages");
  });
});

test("without cookie and token a program may sign in, and another site's page may not", async () => {
  const body = { email: "ann@example.com" };
  expect((await call("POST /api/identity/code", { body })).status).toBe(202);
  const headers = senders["another site"];
  expect((await call("POST /api/identity/code", { body, headers })).status).toBe(403);
});

test("reading by the cookie is free of it: no page can see another site's answer", async () => {
  const headers = { cookie: `session=${tokenOf()}`, ...senders["another site"] };
  expect((await call("GET /api/identity/session", { headers })).status).toBe(200);
});
