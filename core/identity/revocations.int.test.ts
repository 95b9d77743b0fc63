import { expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testTables } from "../../tests/support/test-aws.ts";
import { NOW_MS } from "../../tests/support/test-sale.ts";
import { createRevocationStore } from "./revocations.dynamo.ts";

const { identityTable, dynamoEndpoint } = await testStores();
const store = createRevocationStore(testTables(dynamoEndpoint), identityTable);
const HOUR = 3_600_000;
const session = (sessionId: string, role: "shopper" | "operator" = "shopper", hours = 12) => ({
  sessionId,
  role,
  expiresAtMs: NOW_MS + hours * HOUR,
});

test("nobody's session is ended at first; those that are, are listed once, however many end at once", async () => {
  expect(await store.all()).toEqual(new Set());
  const ids = Array.from({ length: 30 }, (_, n) => `shopper-${n}`);
  await Promise.all([...ids, ...ids].map((id) => store.end(session(id), NOW_MS)));
  await store.end(session("staff", "operator"), NOW_MS);
  expect(await store.all()).toEqual(new Set([...ids, "staff"]));
  expect(await store.ofStaff()).toEqual(new Set(["staff"]));
});

test("what would have ended by itself leaves the list with the next one", async () => {
  await store.end(session("short", "operator", 1), NOW_MS);
  await store.end(session("later", "operator"), NOW_MS + HOUR - 1);
  expect((await store.ofStaff()).has("short")).toBe(true);
  await store.end(session("last", "operator"), NOW_MS + 3 * HOUR);
  const left = await store.ofStaff();
  expect([left.has("short"), left.has("later"), left.has("last")]).toEqual([false, true, true]);
});
