import { expect, test } from "vitest";
import { judgeMemory, memoryOf } from "./memory.ts";

const MB = 1024 * 1024;
const samplesOf = (megabytes: readonly number[]) =>
  megabytes.map((value, index) => ({ atMs: index * 1000, bytes: { API: value * MB } }));

test("what rises while it warms up, and then stays, is flat", () => {
  expect(judgeMemory(samplesOf([50, 80, 120, 200, 200, 205, 210, 200, 204]))).toEqual([
    { name: "API", beforeBytes: 200 * MB, afterBytes: 204 * MB, isFlat: true },
  ]);
});

test("what goes on rising is not", () => {
  expect(judgeMemory(samplesOf([100, 130, 160, 190, 220, 250, 280, 310, 340]))).toEqual([
    { name: "API", beforeBytes: 220 * MB, afterBytes: 310 * MB, isFlat: false },
  ]);
});

test("a process that was there for part of the run is judged by that part", () => {
  const samples = [
    ...samplesOf([100, 100, 100, 100, 100]),
    { atMs: 6000, bytes: { API: 100 * MB, Redis: 10 * MB } },
  ];
  expect(judgeMemory(samples).map(({ name }) => name)).toEqual(["API", "Redis"]);
  expect(judgeMemory([])).toEqual([]);
});

test("a listing is read by family: each kind of process with all that it consists of, and nobody else's", () => {
  const listing = `
    1     0   900 /sbin/init
  100     1 20000 node local/bootstrap.mjs start
  101   100 30000 /usr/bin/node --import ./local/lua-hook.mjs local/start.ts --port 3000
  102   101 40000 /usr/bin/node /shop/local/api-workers/api-worker.ts {"port":4000}
  103   101 41000 /usr/bin/node /shop/local/api-workers/api-worker.ts {"port":4000}
  104   101  5000 /usr/bin/redis-server --port 1
  105   101  6000 /opt/bin/postgres -D data
  106   105  7000 postgres: checkpointer
  107   101  8000 /usr/bin/node local/stores/sqs-server.ts
  108   101  9000 /usr/bin/node local/stores/dynamo-server.ts
  109   104   500 redis-rdb-bgsave *:1
  110   101  1000 /usr/bin/node local/stores/one-that-is-new.ts
  200     1 99999 /usr/bin/redis-server --port 2
`;
  const KB = 1024;
  expect(memoryOf(listing, 101)).toEqual({
    "npm start": 30000 * KB,
    API: 81000 * KB,
    Redis: 5500 * KB,
    PostgreSQL: 13000 * KB,
    SQS: 8000 * KB,
    DynamoDB: 9000 * KB,
    other: 1000 * KB,
  });
});
