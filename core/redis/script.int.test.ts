import * as fc from "fast-check";
import { Redis } from "ioredis";
import { afterAll, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { defineScript } from "./script.ts";

const stores = await testStores();
const redis = new Redis(stores.redisUrl);
afterAll(() => redis.disconnect());

const texts = (reply: readonly Buffer[]) => reply.map(String);

test("a script finds each key and argument under its name, in whatever order the caller names them", async () => {
  const swap = defineScript(redis, {
    command: "testNames",
    parts: ["return { firstKey, secondKey, one, two, tostring(#KEYS), tostring(#ARGV) }"],
    keys: ["first", "second"],
    arguments: ["one", "two"],
  });
  const reply = await swap({ second: "{t}:b", first: "{t}:a" }, { two: 2, one: "1" });
  expect(texts(reply)).toEqual(["{t}:a", "{t}:b", "1", "2", "2", "2"]);
});

test("a caller may have more keys than the script names: only those are sent", async () => {
  const few = defineScript(redis, {
    command: "testFewKeys",
    parts: ["return { firstKey, tostring(#KEYS) }"],
    keys: ["first"],
    arguments: [],
  });
  const keys = { first: "{t}:a", second: "{t}:b" };
  expect(texts(await few(keys, {}))).toEqual(["{t}:a", "1"]);
});

test("whatever follows the named arguments begins at restFrom, whole and in order", async () => {
  const rest = defineScript(redis, {
    command: "testRest",
    parts: ["local all = { one } for i = restFrom, #ARGV do all[#all + 1] = ARGV[i] end return all"],
    keys: [],
    arguments: ["one"],
  });
  const property = fc.asyncProperty(fc.string(), fc.array(fc.string()), async (first, more) => {
    expect(texts(await rest({}, { one: first }, more))).toEqual([first, ...more]);
  });
  await fc.assert(property, { numRuns: 50 });
});

test("replies are bytes, so that a filter is not read as text", async () => {
  const bytes = defineScript(redis, {
    command: "testBytes",
    parts: ['return { "\\255\\0\\128" }'],
    keys: [],
    arguments: [],
  });
  expect(await bytes({}, {})).toEqual([Buffer.from([255, 0, 128])]);
});

test("a script that Redis has forgotten is sent again", async () => {
  const echo = defineScript(redis, {
    command: "testEcho",
    parts: ["return { one }"],
    keys: [],
    arguments: ["one"],
  });
  await echo({}, { one: "a" });
  await redis.script("FLUSH");
  expect(texts(await echo({}, { one: "b" }))).toEqual(["b"]);
});
