import { expect, test } from "vitest";
import { createSharedWork } from "./shared-work.ts";

/** Work that ends when it is told to. */
function slowWork() {
  const begun: PromiseWithResolvers<string>[] = [];
  const start = () => {
    const work = Promise.withResolvers<string>();
    begun.push(work);
    return work.promise;
  };
  return { begun, start };
}

test("work that takes too long goes on, and whoever asks again waits for it instead of beginning it once more", async () => {
  const { begun, start } = slowWork();
  const share = createSharedWork<string>(20);
  expect(await share("sale", start)).toEqual({ kind: "working" });
  const again = share("sale", start);
  begun[0]?.resolve("report");
  expect(await again).toEqual({ kind: "done", value: "report" });
  expect(begun).toHaveLength(1);
});

test("what is done is not answered again, and another key is other work", async () => {
  const share = createSharedWork<number>(20);
  let count = 0;
  const start = () => Promise.resolve(++count);
  expect(await share("a", start)).toEqual({ kind: "done", value: 1 });
  expect(await share("a", start)).toEqual({ kind: "done", value: 2 });
  expect(await share("b", start)).toEqual({ kind: "done", value: 3 });
});

test("a failure is told to whoever waits, and the next one begins anew", async () => {
  const { begun, start } = slowWork();
  const share = createSharedWork<string>(1_000);
  const waiting = share("sale", start);
  begun[0]?.reject(new Error("the ledger is down"));
  await expect(waiting).rejects.toThrow("the ledger is down");
  const next = share("sale", start);
  begun[1]?.resolve("report");
  expect(await next).toEqual({ kind: "done", value: "report" });
});

test("a failure while nobody waits breaks nothing", async () => {
  const { begun, start } = slowWork();
  const share = createSharedWork<string>(1);
  await share("sale", start);
  begun[0]?.reject(new Error("the ledger is down"));
  await new Promise((resume) => setImmediate(resume));
  void share("sale", start);
  expect(begun).toHaveLength(2);
});
