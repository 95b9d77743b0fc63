import { type Kysely, sql, type Transaction } from "kysely";
import { Client, DatabaseError } from "pg";
import type { Database } from "./database.ts";
import { scramVerifier } from "./scram-verifier.ts";

/** Columns of `sales` that are as they were made; every other one may be changed, those of later migrations included. */
const FIXED_COLUMNS = ["id", "created_at", "creation_key", "creation_hash", "sold", "withheld"];
/** Written once: no function changes or deletes what is in them. */
const APPEND_ONLY = [
  "recoveries",
  "reconciliations",
  "audit_log",
  "go_decisions",
  "sale_events",
  "hold_events",
  "events",
];
/** What is told to the merchant's own systems, and by which keys they come: states that move, and no law hangs on. */
const TELLING = ["event_feed", "webhook_endpoints", "webhook_deliveries", "api_keys"];
/** Written by the database's own functions, which know the steps of an order's life; see migration 0006. */
const MOVED_BY_FUNCTIONS = ["orders", "order_events", "refunds", "buyer_units"];
const FUNCTIONS = [
  "record_orders",
  "place_order",
  "record_ended_holds",
  "move_order",
  "purge_rehearsal",
  "delete_old_orders",
];
/** Moved from state to state by the functions themselves; none of them deletes what was asked for. */
const CHANGEABLE = ["rehearsals", "erasures"];
/** Of the lock that those who grant at once wait for. */
const GRANT_LOCK = 4_219_407;
const ATTEMPTS = 5;
/** As of the migrations, of which it is a part. */
const CONNECT_TIMEOUT_MS = 15_000;

/**
 * Makes the role that `functionsUrl` names, with its password, and gives it exactly the rights that the functions use. Safe
 * to repeat, and to run at once with others; a password that has changed is set anew.
 *
 * @throws when the role cannot be made, or cannot log in with its password.
 */
export async function admitFunctions(db: Kysely<Database>, functionsUrl: string): Promise<void> {
  const { username, password } = new URL(functionsUrl);
  const role = decodeURIComponent(username);
  let failure: unknown;
  for (let attempt = 0; !(await canLogIn(functionsUrl)); attempt++) {
    if (attempt === ATTEMPTS) throw new Error(`${role} cannot log in`, { cause: failure });
    try {
      await setPassword(db, role, decodeURIComponent(password));
    } catch (error) {
      // Roles belong to the whole server, which says so in several ways when two change one at once.
      failure = error;
    }
  }
  await db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${GRANT_LOCK})`.execute(trx);
    await grantRights(trx, role);
  });
}

/** @throws when the server does not answer, or refuses for another reason than the role or its password. */
async function canLogIn(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on("error", () => {});
  try {
    await client.connect();
    return true;
  } catch (error) {
    // Class 28: no such role, or another password.
    if (error instanceof DatabaseError && error.code?.startsWith("28")) return false;
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

async function setPassword(db: Kysely<Database>, role: string, password: string): Promise<void> {
  const { rows } = await sql`select 1 from pg_roles where rolname = ${role}`.execute(db);
  const verb = sql.raw(rows.length === 0 ? "create" : "alter");
  const verifier = sql.lit(scramVerifier(password));
  await sql`${verb} role ${sql.id(role)} login password ${verifier}`.execute(db);
}

/** All that was granted before is taken first: a right that the code no longer needs goes with it. */
async function grantRights(trx: Transaction<Database>, role: string): Promise<void> {
  const to = sql.id(role);
  const { rows } = await sql<{ name: string }>`
    select attname as name from pg_attribute
    where attrelid = 'public.sales'::regclass and attnum > 0 and not attisdropped
      and attname <> all (${FIXED_COLUMNS})`.execute(trx);
  const changeable = sql.join(rows.map(({ name }) => sql.id(name)));
  const moved = sql.join(MOVED_BY_FUNCTIONS.map((name) => sql.id(name)));
  const functions = sql.join(FUNCTIONS.map((name) => sql.id(name)));
  const appendOnly = sql.join(APPEND_ONLY.map((name) => sql.id(name)));
  const changeableTables = sql.join(CHANGEABLE.map((name) => sql.id(name)));
  await sql`revoke all on all tables in schema public from ${to}`.execute(trx);
  await sql`grant select, insert on ${appendOnly}, sales to ${to}`.execute(trx);
  await sql`grant update (${changeable}) on sales to ${to}`.execute(trx);
  await sql`grant select, insert, update on ${changeableTables} to ${to}`.execute(trx);
  await sql`grant select on ${moved} to ${to}`.execute(trx);
  const tellingTables = sql.join(TELLING.map((name) => sql.id(name)));
  await sql`grant select, insert, update on ${tellingTables} to ${to}`.execute(trx);
  await sql`grant delete on webhook_deliveries to ${to}`.execute(trx);
  await sql`grant usage on sequence event_order to ${to}`.execute(trx);
  await sql`revoke all on all functions in schema public from ${to}`.execute(trx);
  await sql`grant execute on function ${functions} to ${to}`.execute(trx);
}
