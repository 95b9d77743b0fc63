import { expect, test } from "vitest";
import { cachedASecond } from "../../functions/answer/answer.ts";
import { EdgeCache } from "./edge-cache.ts";

function cacheAt(nowMs: { value: number }, headers: Readonly<Record<string, string>>) {
  const cache = new EdgeCache(() => nowMs.value);
  let calls = 0;
  const call = () => Promise.resolve({ status: 200, headers, body: Buffer.from(String(++calls)) });
  return async () => {
    const { body, ageSeconds } = await cache.get("status", call);
    return [body.toString(), ageSeconds];
  };
}

test("what is asked for each second is fetched behind the back of those who ask: nobody waits, nothing is older than two seconds", async () => {
  const now = { value: 0 };
  const ask = cacheAt(now, cachedASecond);
  expect(await ask()).toEqual(["1", undefined]);
  now.value = 999;
  expect(await ask()).toEqual(["1", 0]);
  now.value = 1_500;
  expect(await ask()).toEqual(["1", 1]);
  await new Promise((resume) => setImmediate(resume));
  expect(await ask()).toEqual(["2", 0]);
  now.value = 3_500;
  expect(await ask()).toEqual(["3", undefined]);
});

const failing = () => Promise.reject(new Error("the API is down"));

test("a fetch that fails behind their back is told to whoever comes when the old answer has run out", async () => {
  const now = { value: 0 };
  const cache = new EdgeCache(() => now.value);
  await cache.get("status", () =>
    Promise.resolve({ status: 200, headers: cachedASecond, body: Buffer.from("1") }),
  );
  now.value = 1_500;
  expect((await cache.get("status", failing)).body.toString()).toBe("1");
  await new Promise((resume) => setImmediate(resume));
  now.value = 2_000;
  await expect(cache.get("status", failing)).rejects.toThrow("the API is down");
});
