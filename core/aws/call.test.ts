import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { isStoreSilent } from "../store-errors.ts";
import { createCaller } from "./call.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(endings.splice(0).map((end) => end()));
});

/** A service that answers so, one answer for each request, the last one again and again; and how it was asked. */
async function aService(...answers: Answer[]) {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    request
      .resume()
      .on("end", () => answers[Math.min(requests.length, answers.length) - 1]!(request, response));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  endings.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { ...callerOf(port), port, requests };
}

function callerOf(port: number, path = "") {
  const endpoint = new URL(`http://127.0.0.1:${port}${path}`);
  const caller = createCaller(
    { name: "sqs", target: "AmazonSQS", endpoint },
    {
      region: "us-east-1",
      credentials: () => ({ accessKeyId: "id", secretAccessKey: "secret", sessionToken: undefined }),
    },
  );
  endings.push(async () => caller.close());
  return { call: () => caller.call("SendMessage", { MessageBody: "ä" }, { limitMs: 300 }) };
}

const answers =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));
const silent: Answer = () => {};
const breaks: Answer = (request) => request.socket.destroy();
const stalls: Answer = (_, response) => {
  response.writeHead(200, { "content-length": "100" });
  response.write("{");
};
const works = answers(200, { MessageId: "1" });

test("an endpoint's path is that of who stands before the service", async () => {
  const service = await aService(works);
  await callerOf(service.port, "/sqs/Purchase").call();
  await service.call();
  expect(service.requests.map(({ url }) => url)).toEqual(["/sqs/Purchase", "/"]);
});

test.each([
  ["was silent", silent],
  ["stopped in the middle of its answer", stalls],
  ["broke the connection", breaks],
  ["failed", answers(500, { __type: "com.amazonaws.sqs#InternalFailure" })],
  ["could not be reached behind its balancer", answers(503, "<html>unavailable</html>")],
  ["had too much to do", answers(400, { __type: "com.amazon.coral.availability#ThrottlingException" })],
  ["had no throughput left", answers(400, { __type: "x#ProvisionedThroughputExceededException" })],
])("a service that %s once is asked once more", async (_, first) => {
  const service = await aService(first, works);
  expect(await service.call()).toEqual({ MessageId: "1" });
  expect(service.requests).toHaveLength(2);
});

test.each([
  ["silent", silent, "TimeoutError"],
  ["stuck in its answer", stalls, "TimeoutError"],
  ["gone", breaks, "Error"],
  ["failing", answers(500, { __type: "com.amazonaws.sqs#InternalServerError" }), "InternalServerError"],
  ["unavailable", answers(503, "<html>unavailable</html>"), "ServiceUnavailable"],
  ["overloaded", answers(400, { __type: "x#ThrottlingException" }), "ThrottlingException"],
])(
  "one that stays %s is asked twice, and counts as silent: what came of it is unknown",
  async (_, how, name) => {
    const service = await aService(how);
    const error = await service.call().catch((thrown: unknown) => thrown as Error);
    expect(error).toMatchObject({ name });
    expect(isStoreSilent(error)).toBe(true);
    expect(service.requests).toHaveLength(2);
  },
);

test("nobody there: the socket's own code", async () => {
  const server = createTcpServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  await expect(callerOf(port).call()).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

test("a refusal is told by its name and all that it says, and not repeated", async () => {
  const refusal = {
    __type: "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException:http://internal/",
    message: "The conditional request failed",
    Item: { pk: { S: "a" } },
  };
  const service = await aService(answers(400, refusal));
  await expect(service.call()).rejects.toMatchObject({
    name: "ConditionalCheckFailedException",
    message: refusal.message,
    status: 400,
    details: { Item: refusal.Item },
  });
  expect(service.requests).toHaveLength(1);
});

test("a clock that AWS refuses is set by AWS's, and stays so", async () => {
  const hourAgo = new Date(Date.now() - 3_600_000).toUTCString();
  const refusal = {
    __type: "com.amazon.coral.service#InvalidSignatureException",
    message: "not yet current",
  };
  const service = await aService(answers(403, refusal, { date: hourAgo }), works);
  await service.call();
  await service.call();
  const dates = service.requests.map(({ headers }) => String(headers["x-amz-date"]));
  const hours = dates.map((date) =>
    Math.round(
      (Date.now() - Date.parse(date.replace(/(..)(..)(..)T(..)(..)/, "$1-$2-$3T$4:$5:"))) / 3_600_000,
    ),
  );
  expect(hours).toEqual([0, 1, 1]);
});

test("a wrong secret is refused once: no clock would help", async () => {
  const service = await aService(answers(403, { __type: "x#InvalidSignatureException" }));
  await expect(service.call()).rejects.toMatchObject({ name: "InvalidSignatureException" });
  expect(service.requests).toHaveLength(1);
});

test("connections are kept, and the invocation's trace goes along unsigned", async () => {
  vi.stubEnv("_X_AMZN_TRACE_ID", "Root=1-67891233-000000000000000000000001;Sampled=1");
  const service = await aService(works);
  for (let calls = 0; calls < 3; calls++) await service.call();
  expect(new Set(service.requests.map(({ socket }) => socket.remotePort)).size).toBe(1);
  const { headers } = service.requests[0]!;
  expect(headers["x-amzn-trace-id"]).toMatch(/^Root=1-67891233/);
  expect(headers.authorization).toMatch(/SignedHeaders=content-type;host;x-amz-date;x-amz-target,/);
  expect(headers).toMatchObject({ "content-length": String(Buffer.byteLength('{"MessageBody":"ä"}')) });
});
