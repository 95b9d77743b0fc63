import { createServer, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Server } from "node:net";
import { afterAll, expect, test } from "vitest";
import { callEndpoint, type CallSettings } from "./call-endpoint.http.ts";

const servers: (Server & { closeAllConnections(): void })[] = [];
afterAll(() =>
  Promise.all(
    servers.map((server) => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    }),
  ),
);

async function listening(
  handle: RequestListener,
  { isTls = false, host = "127.0.0.1", port = 0 } = {},
): Promise<number> {
  const server = isTls ? createTlsServer({}, handle) : createServer(handle);
  servers.push(server);
  await new Promise<void>((ready) => server.listen(port, host, ready));
  return (server.address() as AddressInfo).port;
}
const settings = (more: Partial<CallSettings> = {}): CallSettings => ({
  isLocalStage: true,
  nowMs: () => Date.now(),
  ...more,
});
const toIpv4 = async () => [{ address: "127.0.0.1", family: 4 }];
const call = (url: string, more?: Partial<CallSettings>) =>
  callEndpoint({ url, headers: { "webhook-id": "evt_1" }, body: '{"a":1}' }, settings(more));

test("what was sent arrives byte for byte, and 2xx is taken", async () => {
  let got = "";
  const port = await listening((request, response) => {
    request.on("data", (chunk: Buffer) => (got += chunk.toString()));
    request.on("end", () => response.writeHead(202).end(request.headers["webhook-id"]));
  });
  expect(await call(`http://localhost:${port}/hook`)).toMatchObject({
    isTaken: true,
    status: 202,
    error: null,
  });
  expect(got).toBe('{"a":1}');
});

test("a redirect is not followed, whatever it names", async () => {
  let seen = 0;
  const port = await listening((_request, response) => {
    seen++;
    response.writeHead(307, { location: "http://169.254.169.254/" }).end();
  });
  expect(await call(`http://localhost:${port}/`)).toMatchObject({
    isTaken: false,
    status: 307,
    error: "redirect",
  });
  expect(seen).toBe(1);
});

test("one that does not answer, and one that answers for ever, are left in time", async () => {
  const silent = await listening(() => {});
  expect(await call(`http://localhost:${silent}/`, { limitMs: 200 })).toMatchObject({
    status: null,
    error: "too_slow",
  });
  const endless = await listening((_request, response) => {
    response.writeHead(200);
    const write = () => response.writable && response.write("x".repeat(8_192), write);
    write();
  });
  const answered = await call(`http://localhost:${endless}/`, { limitMs: 5_000 });
  expect(answered).toMatchObject({ isTaken: true, status: 200 });
  expect(answered.tookMs).toBeLessThan(4_000);
  const slow = await call("https://shop.example.com/", {
    limitMs: 100,
    resolve: () => new Promise(() => {}),
  });
  expect(slow.error).toBe("too_slow");
});

test("no name leads to an address that is not public, by whichever of its addresses", async () => {
  let seen = 0;
  const port = await listening((_request, response) => {
    seen++;
    response.end();
  });
  const at = (...addresses: string[]) =>
    call(`https://shop.example.com:${port}/`, {
      resolve: async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    });
  for (const addresses of [
    ["127.0.0.1"],
    ["93.184.216.34", "10.0.0.1"],
    ["::ffff:127.0.0.1"],
    ["169.254.169.254"],
    ["fd00:ec2::254"],
  ])
    expect(await at(...addresses)).toMatchObject({ status: null, error: "forbidden_address" });
  expect(await call(`http://127.0.0.1:${port}/`, { isLocalStage: false })).toMatchObject({
    error: "forbidden_address",
  });
  // On this machine the name must be this machine's, too.
  expect(
    await call(`http://localhost:${port}/`, { resolve: async () => [{ address: "10.0.0.1", family: 4 }] }),
  ).toMatchObject({ error: "forbidden_address" });
  expect(seen).toBe(0);
});

test("the connection goes to the address that was checked: the name is looked up once", async () => {
  let hosts: (string | undefined)[] = [];
  // On IPv6 alone: whoever looks the name up anew may find nobody at its other address.
  const port = await listening(
    (request, response) => {
      hosts = [...hosts, request.headers.host];
      response.end();
    },
    { host: "::1" },
  );
  const elsewhere = await listening((_request, response) => response.writeHead(500).end(), { port });
  expect(elsewhere).toBe(port);
  let lookups = 0;
  const resolve = async () => {
    lookups++;
    return [{ address: "::1", family: 6 }];
  };
  expect(await call(`http://localhost:${port}/`, { resolve })).toMatchObject({ isTaken: true });
  expect(await call(`http://localhost:${port}/`, { resolve: toIpv4 })).toMatchObject({ status: 500 });
  expect([lookups, hosts]).toEqual([1, [`localhost:${port}`]]);
});

test("nobody there, and a certificate that is not good, are told apart", async () => {
  const port = await listening(() => {}, { isTls: true });
  expect(await call(`https://localhost:${port}/`)).toMatchObject({ isTaken: false, status: null });
  const gone = await listening(() => {});
  const server = servers.at(-1)!;
  await new Promise((done) => server.close(done));
  expect(await call(`http://127.0.0.1:${gone}/`)).toMatchObject({ error: "not_listening" });
});

test("Retry-After is passed on", async () => {
  const port = await listening((_request, response) => response.writeHead(503, { "retry-after": "7" }).end());
  expect(await call(`http://localhost:${port}/`)).toMatchObject({ status: 503, retryAfterMs: 7_000 });
});

test("an endpoint that changes the protocol has not taken it, and nobody waits for it", async () => {
  const port = await listening((request) => {
    request.socket.write("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n");
  });
  expect(await call(`http://localhost:${port}/`, { limitMs: 2_000 })).toMatchObject({
    isTaken: false,
    status: null,
    error: "connection_broke",
  });
}, 4_000);
