import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";
import { testStores } from "../../tests/support/stores.ts";
import { connectDatabase } from "./connect.postgres.ts";

const { databaseUrl } = await testStores();
const target = new URL(databaseUrl);

/** Passes everything on; of connections that were muted no answer ever comes back, as after a lost route. */
const muted = new Set<Socket>();
const open = new Set<Socket>();
const proxy = createServer((client) => {
  const store = connect(Number(target.port), target.hostname);
  open.add(client);
  client.on("data", (chunk) => store.write(chunk)).on("error", () => {});
  store.on("data", (chunk) => void (!muted.has(client) && client.write(chunk))).on("error", () => {});
  client.on("close", () => store.destroy());
  store.on("close", () => client.destroy());
});
await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
const url = new URL(databaseUrl);
url.port = String((proxy.address() as AddressInfo).port);
const db = connectDatabase(url.href);
afterAll(async () => {
  await db.destroy();
  for (const socket of open) socket.destroy();
  proxy.close();
});

const ask = () => sql`select 1`.execute(db);

test("a connection whose answer was lost is given up, and the next query goes through on another", async () => {
  await ask();
  for (const socket of open) muted.add(socket);
  await expect(ask()).rejects.toThrow(/timeout|terminated/i);
  await new Promise((resume) => setTimeout(resume, 1_500));
  await expect(ask()).resolves.toMatchObject({ rows: [{ "?column?": 1 }] });
});
