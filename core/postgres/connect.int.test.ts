import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { testProxy } from "../../tests/support/tcp-proxy.ts";
import { connectDatabase } from "./connect.postgres.ts";

const { databaseUrl } = await testStores();
const proxy = await testProxy(databaseUrl);
const db = connectDatabase(proxy.url);
afterAll(() => db.destroy());

const ask = () => sql`select 1`.execute(db);

test("a connection whose answer was lost is given up, and the next query goes through on another", async () => {
  await ask();
  proxy.deaden();
  await expect(ask()).rejects.toThrow(/timeout|terminated/i);
  await new Promise((resume) => setTimeout(resume, 1_500));
  await expect(ask()).resolves.toMatchObject({ rows: [{ "?column?": 1 }] });
});
