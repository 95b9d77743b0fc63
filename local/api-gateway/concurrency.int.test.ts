import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { call } from "../fixtures/call.ts";
import { startApiGateway } from "./api-gateway.ts";

const spec = { handler: "slow", timeLimitSeconds: 10 };

/** A function that ends each of its runs when it is told to, behind an API with room for few. */
async function slowApi(concurrency: { atOnce: number; inLine: number }, linePatienceMs?: number) {
  const running: (() => void)[] = [];
  let most = 0;
  const runner = {
    async invoke() {
      await new Promise<void>((end) => {
        running.push(end);
        most = Math.max(most, running.length);
      });
      return { statusCode: 200, body: "done" };
    },
    stop: async () => {},
  };
  const slow = await startApiGateway({
    port: 0,
    runner,
    routes: new Map([
      ["GET /slow", spec],
      ["GET /other", spec],
    ]),
    concurrency,
    ...(linePatienceMs !== undefined && { linePatienceMs }),
    onFunctionError: () => {},
  });
  onTestFinished(() => slow.stop());
  const endAll = () => running.splice(0).forEach((end) => end());
  return { url: slow.url, endAll, running: () => running.length, most: () => most };
}

test("a function serves so many at once; as many wait, any more are told to ask again, and never that all is sold", async () => {
  const { url, endAll, running, most } = await slowApi({ atOnce: 2, inLine: 1 });
  const first = [call(`${url}/slow`), call(`${url}/slow`)];
  await vi.waitFor(() => expect(running()).toBe(2));
  const waiting = call(`${url}/slow`);
  await sleep(50);
  const refused = await call(`${url}/slow`);
  expect(refused.status).toBe(503);
  expect(refused.headers).toMatchObject({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
    "retry-after": "1",
  });
  expect(JSON.parse(refused.body)).toEqual({
    type: "urn:flash-sale:problem:unavailable",
    kind: "unavailable",
    title: "This cannot be answered right now; ask again",
    status: 503,
    retryAfterSeconds: 1,
  });
  endAll();
  await vi.waitFor(() => expect(running()).toBe(1));
  endAll();
  expect((await Promise.all([...first, waiting])).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(most()).toBe(2);
});

test("one function's crowd takes no other's places", async () => {
  const { url, endAll, running } = await slowApi({ atOnce: 1, inLine: 0 });
  const answers = [call(`${url}/slow`)];
  await vi.waitFor(() => expect(running()).toBe(1));
  answers.push(call(`${url}/other`));
  await vi.waitFor(() => expect(running()).toBe(2));
  endAll();
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200]);
});

test("whoever leaves the line is not served; the next one is", async () => {
  const { url, endAll, running, most } = await slowApi({ atOnce: 1, inLine: 2 });
  const first = call(`${url}/slow`);
  await vi.waitFor(() => expect(running()).toBe(1));
  const { port } = new URL(url);
  const leaver = connect(Number(port), "127.0.0.1", () =>
    leaver.write("GET /slow HTTP/1.1\r\nhost: x\r\n\r\n"),
  );
  await sleep(50);
  const last = call(`${url}/slow`);
  leaver.destroy();
  await sleep(50);
  endAll();
  await vi.waitFor(() => expect(running()).toBe(1));
  endAll();
  expect((await Promise.all([first, last])).map(({ status }) => status)).toEqual([200, 200]);
  expect(most()).toBe(1);
});

test("whoever has waited in line for too long is told to ask again; who came later is served", async () => {
  const { url, endAll, running } = await slowApi({ atOnce: 1, inLine: 2 }, 200);
  const first = call(`${url}/slow`);
  await vi.waitFor(() => expect(running()).toBe(1));
  const tired = call(`${url}/slow`);
  await sleep(250);
  const fresh = call(`${url}/slow`);
  await sleep(50);
  endAll();
  expect(await tired).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
  await vi.waitFor(() => expect(running()).toBe(1));
  endAll();
  expect((await Promise.all([first, fresh])).map(({ status }) => status)).toEqual([200, 200]);
});
