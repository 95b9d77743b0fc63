import { sql } from "kysely";
import { Client } from "pg";
import { afterAll, expect, test } from "vitest";
import { functionsUrl } from "../../local/functions-url.ts";
import { ensureDatabase } from "../../local/stores/ensure-database.ts";
import { testStores } from "../../tests/support/stores.ts";
import { connectDatabase } from "./connect.postgres.ts";
import { migrate } from "./migrate.ts";

const stores = await testStores();
const name = `${new URL(stores.databaseUrl).pathname.slice(1)}_empty`;
const emptyUrl = await ensureDatabase(stores.databaseUrl, name);
afterAll(async () => {
  const client = new Client({ connectionString: stores.databaseUrl });
  await client.connect();
  await client.query(`drop database ${name} with (force)`);
  await client.end();
});

/** Tables, columns, indexes and checks, as PostgreSQL describes them. */
async function schemaOf(url: string) {
  const db = connectDatabase(url);
  try {
    const { rows } = await sql<{ line: string }>`
      select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable as line
        from information_schema.columns where table_schema = 'public'
      union all select indexdef from pg_indexes where schemaname = 'public'
      union all select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace
      order by 1`.execute(db);
    return rows.map((row) => row.line);
  } finally {
    await db.destroy();
  }
}

test("20 that migrate an empty database at once leave the schema of one that did it alone", async () => {
  await Promise.all(Array.from({ length: 20 }, () => migrate(emptyUrl, functionsUrl(emptyUrl))));
  const schema = await schemaOf(emptyUrl);
  expect(schema).toEqual(await schemaOf(stores.databaseUrl));
  expect(schema).toContainEqual(expect.stringContaining("CHECK (((sold + withheld) <= allocated))"));
  expect(schema).toContainEqual(
    expect.stringContaining(
      "UNIQUE INDEX orders_unit_once ON public.orders USING btree (sale_id, buyer_id, n)",
    ),
  );
});

test("migrating again changes nothing", async () => {
  const before = await schemaOf(stores.databaseUrl);
  await migrate(stores.databaseUrl, functionsUrl(stores.databaseUrl));
  await migrate(stores.databaseUrl, functionsUrl(stores.databaseUrl));
  expect(await schemaOf(stores.databaseUrl)).toEqual(before);
});

test("a database that does not answer is an error with its cause", async () => {
  await expect(
    migrate("postgres://nobody@127.0.0.1:1/none", "postgres://nobody@127.0.0.1:1/none"),
  ).rejects.toMatchObject({
    message: "the database could not be migrated",
    cause: expect.any(Error) as Error,
  });
});
