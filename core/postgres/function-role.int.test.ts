import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { functionsUrl } from "../../local/functions-url.ts";
import { testStores } from "../../tests/support/stores.ts";
import { connectDatabase } from "./connect.postgres.ts";
import { admitFunctions } from "./function-role.postgres.ts";

const { databaseUrl } = await testStores();
const owner = new Client({ connectionString: databaseUrl });
const functions = new Client({ connectionString: functionsUrl(databaseUrl) });
await Promise.all([owner.connect(), functions.connect()]);
afterAll(() => Promise.all([owner.end(), functions.end()]));

const admit = async (url: string) => {
  const db = connectDatabase(databaseUrl);
  try {
    await admitFunctions(db, url);
  } finally {
    await db.destroy();
  }
};

async function logIn(url: string): Promise<string | undefined> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query<{ user: string }>("select current_user as user")).rows[0]?.user;
  } finally {
    await client.end();
  }
}

const FORBIDDEN = { code: "42501" };

describe("the functions", () => {
  test.each([
    "drop table orders",
    "alter table orders add column x text",
    "alter table sales drop constraint sales_sold_within_allocated",
    "drop index orders_unit_once",
    "create table mine (x text)",
    "create role another login",
    "truncate orders",
    "delete from orders",
    "delete from sales",
    "update orders set state = 'confirmed'",
    "update orders set buyer_id = 'another'",
    "update audit_log set actor_id = 'another'",
    "delete from audit_log",
    "delete from erasures",
    "delete from recoveries",
    "delete from reconciliations",
    "update sales set id = 'another'",
    "update sales set creation_key = 'another'",
    "select * from kysely_migration",
    "copy orders to program 'cat'",
    "select * from pg_authid",
  ])("may not: %s", async (statement) => {
    await expect(functions.query(statement)).rejects.toMatchObject(FORBIDDEN);
  });

  test("have these rights, and no others", async () => {
    const { rows } = await owner.query<{ line: string }>(
      `select table_name || ' ' || lower(string_agg(privilege_type, ', ' order by privilege_type)) as line
       from information_schema.role_table_grants where grantee = 'flash_sale_functions'
       group by table_name order by table_name`,
    );
    expect(rows.map((row) => row.line)).toEqual([
      "api_keys insert, select, update",
      "audit_log insert, select",
      "buyer_units select",
      "erasures insert, select, update",
      "event_feed insert, select, update",
      "events insert, select",
      "go_decisions insert, select",
      "hold_events insert, select",
      "order_events select",
      "orders select",
      "reconciliations insert, select",
      "recoveries insert, select",
      "refunds select",
      "rehearsals insert, select, update",
      "sale_events insert, select",
      "sales insert, select",
      "webhook_deliveries delete, insert, select, update",
      "webhook_endpoints insert, select, update",
    ]);
    const { rows: columns } = await owner.query<{ name: string }>(
      `select column_name as name from information_schema.columns c
       where table_schema = 'public' and table_name = 'sales' and not has_column_privilege(
         'flash_sale_functions', 'public.sales', column_name::text, 'update') order by column_name`,
    );
    expect(columns.map(({ name }) => name)).toEqual([
      "created_at",
      "creation_hash",
      "creation_key",
      "id",
      "sold",
      "withheld",
    ]);
  });

  test("are let into no table of a later migration unasked, and keep no right that was taken", async () => {
    await owner.query(`create table later (x text); grant update, delete on orders to flash_sale_functions;
      create function later_still() returns int language sql as 'select 1';
      revoke execute on function later_still() from public`);
    await expect(functions.query("select * from later")).rejects.toMatchObject(FORBIDDEN);
    await admit(functionsUrl(databaseUrl));
    await expect(functions.query("select later_still()")).rejects.toMatchObject(FORBIDDEN);
    await expect(functions.query("select * from later")).rejects.toMatchObject(FORBIDDEN);
    await expect(functions.query("delete from orders")).rejects.toMatchObject(FORBIDDEN);
  });
});

describe("a role of its own", () => {
  const role = `test_role_${randomBytes(6).toString("hex")}`;
  const urlWith = (password: string) => {
    const url = new URL(databaseUrl);
    [url.username, url.password] = [role, encodeURIComponent(password)];
    return url.href;
  };
  afterAll(async () => {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(`drop owned by ${role}; drop role ${role}`);
    await client.end();
  });

  test("is made once, however many make it at once, and another password replaces the first", async () => {
    const [first, second] = [urlWith("it's one: ü/%"), urlWith("another")];
    await Promise.all(Array.from({ length: 10 }, () => admit(first)));
    expect(await logIn(first)).toBe(role);
    await expect(logIn(second)).rejects.toMatchObject({ code: "28P01" });
    await admit(second);
    expect(await logIn(second)).toBe(role);
    await expect(logIn(first)).rejects.toMatchObject({ code: "28P01" });
  });

  test("has no power over the server", async () => {
    const { rows } = await owner.query(
      "select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication from pg_roles where rolname = $1",
      [role],
    );
    expect(rows).toEqual([
      {
        rolsuper: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolbypassrls: false,
        rolreplication: false,
      },
    ]);
  });
});
