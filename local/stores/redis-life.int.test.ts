import { appendFileSync, globSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openRedis } from "./open-redis.ts";
import { type RedisStore, startRedis } from "./redis.ts";
import { readRunId } from "./redis-life.ts";

const GATE = "{sale_01M8EV2QSQ58AMS84Z4H42Q55Q.0}:gate";
let dataDir: string;
let store: RedisStore;
beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "flash-sale-life-"));
  store = await startRedis({ dataDir });
});
afterEach(async () => {
  await store.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function withRedis<T>(use: (client: ReturnType<typeof openRedis>) => Promise<T>): Promise<T> {
  const client = openRedis({ redisUrl: store.url });
  try {
    return await use(client);
  } finally {
    client.disconnect();
  }
}

const makeGate = () => withRedis(async (client) => client.hset(GATE, "run_id", await readRunId(client)));
const isAlive = () =>
  withRedis(async (client) => (await client.hget(GATE, "run_id")) === (await readRunId(client)));

test("a Redis that was stopped in good order goes on with its gates", async () => {
  await makeGate();
  await store.stop();
  store = await startRedis({ dataDir });
  expect(await isAlive()).toBe(true);
});

test("a gate that was lost before the stop stays lost", async () => {
  await withRedis((client) => client.hset(GATE, "run_id", "of another life"));
  await store.stop();
  store = await startRedis({ dataDir });
  expect(await isAlive()).toBe(false);
});

test("after a crash the gates are lost", async () => {
  await makeGate();
  const died = store.crashed;
  process.kill(store.pid!, "SIGKILL");
  await died;
  store = await startRedis({ dataDir });
  expect(await isAlive()).toBe(false);
});

test("a note of an earlier stop is good for one start only", async () => {
  await makeGate();
  await store.stop();
  store = await startRedis({ dataDir });
  const died = store.crashed;
  process.kill(store.pid!, "SIGKILL");
  await died;
  store = await startRedis({ dataDir });
  expect(await isAlive()).toBe(false);
});

test("files that changed since the stop make the gates lost", async () => {
  await makeGate();
  await store.stop();
  const [file] = globSync("appendonlydir/*.aof", { cwd: dataDir }).filter((name) => name.includes("incr"));
  appendFileSync(join(dataDir, file!), "*2\r\n$3\r\nDEL\r\n$5\r\nother\r\n");
  store = await startRedis({ dataDir });
  expect(await isAlive()).toBe(false);
});
