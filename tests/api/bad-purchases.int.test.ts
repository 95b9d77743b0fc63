import { createHmac } from "node:crypto";
import { connect } from "node:net";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { loadConfig } from "../../core/config.ts";
import { problems } from "../../core/contract/problem.ts";
import { issueSession, sessionSigner } from "../../core/identity/session.ts";
import { testCloud } from "../support/cloud.ts";
import { testSnapshots } from "../support/sale-snapshot.ts";
import { testApi, tokenOf } from "../support/test-api.ts";
import { aBuyer, FAR_AHEAD_MS, LONG_AGO_MS } from "../support/test-sale.ts";
import { badBodies, badKeys } from "./bad-purchases.ts";

const cloud = await testCloud();
const { call, newSale, buy } = testApi(cloud.apiUrl);
const { snapshotOf, soldOf } = testSnapshots(cloud);
const { SESSION_SECRET } = loadConfig(["SESSION_SECRET"]);

const PURCHASE = "POST /api/sale/purchase";
const INTERNALS = /\bat \S+ \(|\.[tj]s\b|node_modules|redis|postgres|dynamo|stack|local-only/i;

const saleId = await newSale();
await buy(saleId);
let before: Awaited<ReturnType<typeof snapshotOf>>;
const token = tokenOf();
const key = "key-0001";
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

beforeAll(async () => {
  await vi.waitFor(async () => expect(await soldOf(saleId)).toBe(1));
  await vi.waitFor(async () => expect((await snapshotOf(saleId)).ledger).toHaveLength(2));
  before = await snapshotOf(saleId);
});

/** The answer is the problem it should be, tells nothing of our insides, and no store has changed. */
async function expectRefused(
  answer: Awaited<ReturnType<typeof call>>,
  status: number,
  kind: keyof typeof problems,
) {
  expect(answer.status, answer.text).toBe(status);
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
  expect(answer.body).toMatchObject({
    type: `urn:flash-sale:problem:${kind}`,
    kind,
    status: problems[kind].status,
    title: problems[kind].title,
    requestId: answer.headers.get("x-request-id"),
  });
  expect(answer.text).not.toMatch(INTERNALS);
  expect(answer.text.length).toBeLessThan(1_500);
  expect(await snapshotOf(saleId)).toEqual(before);
}

describe("a purchase with a bad body is refused and changes nothing", () => {
  test.each(badBodies(saleId))("%s", async (_, request, status, kind) => {
    const answer = await call(PURCHASE, { token, key, ...request });
    await expectRefused(answer, status, kind);
    if (kind === "invalid_request")
      expect(answer.body?.errors?.[0]?.field).toMatch(/^(saleId|quantity|body|\w+)$/);
  });

  test("names every wrong field together", async () => {
    const answer = await call(PURCHASE, { token, key, body: { saleId: 1, quantity: "1" } });
    await expectRefused(answer, 400, "invalid_request");
    expect(answer.body?.errors?.map(({ field }) => field)).toEqual(["saleId", "quantity"]);
  });
});

describe("a purchase with a bad key is refused and changes nothing", () => {
  test.each(badKeys)("%s", async (_, bad) => {
    const answer = await call(PURCHASE, { token, key: bad, body: { saleId } });
    await expectRefused(answer, 400, "invalid_request");
    expect(answer.body?.errors).toMatchObject([{ field: "Idempotency-Key" }]);
  });

  test("a key past the gateway's limit of headers does not reach us", async () => {
    const answer = await call(PURCHASE, { token, key: "a".repeat(10_240), body: { saleId } });
    expect(answer.status).toBe(431);
    expect(await snapshotOf(saleId)).toEqual(before);
  });
});

describe("a purchase with a bad session is refused and changes nothing", () => {
  const session = { buyerId: aBuyer(), role: "shopper", expiresAtMs: FAR_AHEAD_MS } as const;
  const good = tokenOf();
  const [header = "", payload = "", signature = ""] = good.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
  const none = encode({ alg: "none", typ: "JWT" });

  test.each<[string, string | undefined]>([
    ["none", undefined],
    ["empty", ""],
    ["a word", "admin"],
    [
      "expired",
      issueSession(sessionSigner(SESSION_SECRET, "local"), { ...session, expiresAtMs: LONG_AGO_MS }),
    ],
    ["of another stage", issueSession(sessionSigner(SESSION_SECRET, "production"), session)],
    [
      "of another key",
      issueSession(sessionSigner("a-secret-of-its-own-with-32-characters", "local"), session),
    ],
    ["alg none", `${none}.${payload}.`],
    ["alg none with a signature", `${none}.${payload}.${signature}`],
    ["another buyer", `${header}.${encode({ ...claims, sub: aBuyer() })}.${signature}`],
    ["a raised role", `${header}.${encode({ ...claims, role: "admin" })}.${signature}`],
    [
      "a signature of the payload alone",
      `${header}.${payload}.${createHmac("sha256", SESSION_SECRET).update(payload).digest("base64url")}`,
    ],
    ["8,000 characters", "a".repeat(8_000)],
  ])("%s", async (_, bad) => {
    await expectRefused(await call(PURCHASE, { token: bad, key, body: { saleId } }), 401, "unauthenticated");
  });

  test("in the address instead of a header", async () => {
    const answer = await call(`${PURCHASE}?token=${good}`, { key, body: { saleId } });
    await expectRefused(answer, 401, "unauthenticated");
  });

  test("the session is asked for before anything else of the request is read", async () => {
    const answer = await call(PURCHASE, { raw: "x".repeat(100_000) });
    await expectRefused(answer, 401, "unauthenticated");
  });
});

describe("what the gateway itself refuses does not reach us", () => {
  test.each(["GET", "PUT", "PATCH", "DELETE"])("%s on the purchase", async (method) => {
    const answer = await call(`${method} /api/sale/purchase`, { token, key });
    expect([answer.status, answer.text]).toEqual([404, '{"message":"Not Found"}']);
    expect(await snapshotOf(saleId)).toEqual(before);
  });

  test.each([
    ["a line break in a key", "Idempotency-Key: key-0001\r\n\r\nX: 1"],
    ["a bare carriage return in a key", "Idempotency-Key: key-0001\rX-Evil: 1"],
    ["a zero byte in a key", "Idempotency-Key: key-0001\0"],
    ["two different lengths", "Idempotency-Key: key-0001\r\nContent-Length: 5"],
    ["a length and a chunked body", "Idempotency-Key: key-0001\r\nTransfer-Encoding: chunked"],
  ])("%s", async (_, headers) => {
    const body = JSON.stringify({ saleId });
    const answer = await sendRaw(
      `POST /api/sale/purchase HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n` +
        `Content-Length: ${body.length}\r\nAuthorization: Bearer ${token}\r\n${headers}\r\n\r\n${body}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).not.toMatch(/^x-evil/im);
    expect(await snapshotOf(saleId)).toEqual(before);
  });
});

/** Sends bytes that no client would, and answers all that comes back. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(cloud.apiUrl);
    const socket = connect(Number(port), hostname, () => void socket.end(text));
    let received = "";
    socket.on("data", (chunk) => (received += chunk.toString()));
    socket.on("error", reject);
    socket.on("close", () => resolve(received));
  });
}
