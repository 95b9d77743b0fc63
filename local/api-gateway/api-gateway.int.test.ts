import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { call } from "../fixtures/call.ts";
import type { HttpServer } from "../http-server.ts";
import { inProcessRunner } from "../runner/in-process-runner.ts";
import { startApiGateway } from "./api-gateway.ts";

const scripted = { handler: "local/fixtures/scripted.ts", timeLimitSeconds: 0.2 };
const errors: unknown[] = [];
const onFunctionError = (error: unknown) => void errors.push(error);
let api: HttpServer;

beforeAll(async () => {
  const routes = new Map([
    ["POST /echo", scripted],
    ["GET /echo", scripted],
    ["GET /things/{thingId}", scripted],
    ["GET /things/fixed", scripted],
    ["POST /things/{thingId}/parts/{partId}", scripted],
  ]);
  api = await startApiGateway({ port: 0, runner: inProcessRunner({}), routes, onFunctionError });
});
afterAll(() => api.stop());

async function echo(path: string, options: Parameters<typeof call>[1] = {}): Promise<APIGatewayProxyEventV2> {
  const { status, body } = await call(api.url + path, options);
  expect(status).toBe(200);
  return JSON.parse(body) as APIGatewayProxyEventV2;
}
const script = (body: unknown) =>
  call(`${api.url}/echo`, { method: "POST", headers: json, body: JSON.stringify(body) });
const postBytes = (bytes: number) =>
  call(`${api.url}/echo`, {
    method: "POST",
    headers: ["content-type", "text/plain"],
    body: "x".repeat(bytes),
  });
const post = (headers: string[], body: string | Buffer) => echo("/echo", { method: "POST", headers, body });
const json = ["content-type", "application/json"];

test("an event has the shape of payload format 2.0", async () => {
  const event = await echo("/echo?a=1&b=two%20words&a=2", { headers: ["User-Agent", "tester"] });
  expect(event).toMatchObject({
    version: "2.0",
    routeKey: "GET /echo",
    rawPath: "/echo",
    rawQueryString: "a=1&b=two%20words&a=2",
    queryStringParameters: { a: "1,2", b: "two words" },
    isBase64Encoded: false,
    requestContext: {
      domainName: new URL(api.url).host,
      http: {
        method: "GET",
        path: "/echo",
        protocol: "HTTP/1.1",
        sourceIp: "127.0.0.1",
        userAgent: "tester",
      },
      routeKey: "GET /echo",
      stage: "$default",
    },
  });
  expect(event.requestContext.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(event.requestContext.timeEpoch).toBeGreaterThan(Date.parse("2026-01-01T00:00:00.000Z"));
  expect(event.requestContext.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
  expect(event).not.toHaveProperty("cookies");
  expect(event).not.toHaveProperty("body");
  expect(event).not.toHaveProperty("pathParameters");
});

test("clients say what address they have where a cloud is started so, and nowhere else", async () => {
  const said = ["x-viewer-address", "198.18.0.1"];
  expect((await echo("/echo", { headers: said })).headers).not.toHaveProperty("x-origin-secret");
  const routes = new Map([["GET /echo", scripted]]);
  const runner = inProcessRunner({});
  const told = await startApiGateway({ port: 0, runner, routes, onFunctionError, originSecret: "a secret" });
  onTestFinished(() => told.stop());
  const eventOf = async (headers: string[]) =>
    JSON.parse((await call(`${told.url}/echo`, { headers })).body) as APIGatewayProxyEventV2;
  expect((await eventOf(said)).headers).toMatchObject({
    "x-origin-secret": "a secret",
    "x-viewer-address": "198.18.0.1",
  });
  expect((await eventOf([])).headers).toMatchObject({ "x-viewer-address": "127.0.0.1" });
});

test("repeated headers are joined with commas, under lower-case names", async () => {
  const { headers } = await echo("/echo", { headers: ["X-Thing", "one", "x-thing", "two"] });
  expect(headers["x-thing"]).toBe("one,two");
});

test("cookies come one by one, and not as a header", async () => {
  const event = await echo("/echo", { headers: ["cookie", "a=1; b=2", "cookie", "c=3"] });
  expect(event.cookies).toEqual(["a=1", "b=2", "c=3"]);
  expect(event.headers).not.toHaveProperty("cookie");
});

const traceOf = async (headers: string[] = []) =>
  (await echo("/echo", { headers })).headers["x-amzn-trace-id"];

test("each request bears a trace of its own, beside what its sender says of one", async () => {
  const [first, other] = [await traceOf(), await traceOf()];
  for (const header of [first, other]) expect(header).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  expect(first).not.toBe(other);
  expect(await traceOf(["X-Amzn-Trace-Id", "Root=x"])).toMatch(/^Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=x$/);
});

test("the sender's address is added to X-Forwarded-For", async () => {
  const { headers } = await echo("/echo", { headers: ["x-forwarded-for", "203.0.113.9"] });
  expect(headers["x-forwarded-for"]).toBe("203.0.113.9, 127.0.0.1");
});

test("text bodies come as text, all others in base64", async () => {
  expect(await post(json, '{"ö":1}')).toMatchObject({ body: '{"ö":1}', isBase64Encoded: false });
  const form = ["content-type", "application/x-www-form-urlencoded"];
  expect(await post(form, "a=1")).toMatchObject({ body: "YT0x", isBase64Encoded: true });
  const bytes = Buffer.from([0, 255, 128]);
  const binary = await post(["content-type", "application/octet-stream"], bytes);
  expect(Buffer.from(binary.body ?? "", "base64")).toEqual(bytes);
});

test("path parameters are percent-decoded; a fixed path wins", async () => {
  expect((await echo("/things/a%2Fb%20c")).pathParameters).toEqual({ thingId: "a/b c" });
  expect((await echo("/things/fixed")).routeKey).toBe("GET /things/fixed");
  const nested = await echo("/things/1/parts/2", { method: "POST", headers: json, body: "{}" });
  expect(nested.pathParameters).toEqual({ thingId: "1", partId: "2" });
});

test("a path, method or encoding that no route takes is not found", async () => {
  for (const path of ["/nothing", "/things/", "/things/1/2", "/things/%zz", "/__proto__"]) {
    const { status, body } = await call(api.url + path);
    expect([path, status, body]).toEqual([path, 404, '{"message":"Not Found"}']);
  }
  expect((await call(`${api.url}/echo`, { method: "PATCH" })).status).toBe(404);
});

test("an answer's status, headers, cookies and base64 body are sent", async () => {
  const answer = {
    statusCode: 202,
    headers: { "X-Thing": "yes", "content-type": "image/png" },
    cookies: ["a=1; HttpOnly", "b=2"],
    body: Buffer.from("pixels").toString("base64"),
    isBase64Encoded: true,
  };
  const response = await script({ do: "answer", answer });
  expect(response).toMatchObject({ status: 202, body: "pixels" });
  expect(response.headers).toMatchObject({ "x-thing": "yes", "set-cookie": ["a=1; HttpOnly", "b=2"] });
  const empty = await script({ do: "answer", answer: { statusCode: 204 } });
  expect(empty).toMatchObject({ status: 204, body: "" });
});

test("a function that throws answers 500, one that runs out of time 503", async () => {
  errors.length = 0;
  expect(await script({ do: "throw" })).toMatchObject({
    status: 500,
    body: '{"message":"Internal Server Error"}',
  });
  expect(await script({ do: "wait", waitMs: 1000 })).toMatchObject({
    status: 503,
    body: '{"message":"Service Unavailable"}',
  });
  expect(errors.map((error) => (error as Error).name)).toEqual(["FunctionFailed", "FunctionTimedOut"]);
});

test("bodies over 10 MB answer 413, headers over 10,240 bytes 431", async () => {
  expect((await postBytes(10 * 1024 * 1024)).status).toBe(200);
  expect((await postBytes(10 * 1024 * 1024 + 1)).status).toBe(413);
  expect((await call(`${api.url}/echo`, { headers: ["x-long", "x".repeat(11_000)] })).status).toBe(431);
});

test("a client that leaves in mid-body or before the answer does no harm", async () => {
  const { port } = new URL(api.url);
  for (const text of [
    "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf",
    "GET /echo HTTP/1.1\r\nhost: x\r\n\r\n",
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), "127.0.0.1", () => socket.write(text, () => socket.destroy()));
      socket.on("close", () => resolve());
    });
  }
  expect((await echo("/echo")).rawPath).toBe("/echo");
});

test("a body that arrives in pieces, and requests that share a connection, are served in order", async () => {
  const { port } = new URL(api.url);
  const socket = connect(Number(port), "127.0.0.1");
  let received = "";
  socket.on("data", (bytes) => (received += String(bytes)));
  const head = "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 6\r\n\r\n";
  socket.write(`${head}abc`);
  await sleep(30);
  socket.write(`def${head}second${head}third!`);
  await vi.waitFor(() => expect(received).toContain("third!"));
  socket.destroy();
  expect([...received.matchAll(/"body":"([^"]*)"/g)].map(([, body]) => body)).toEqual([
    "abcdef",
    "second",
    "third!",
  ]);
});
