import { Kysely, PostgresDialect } from "kysely";
import { Pool } from "pg";
import type { Database } from "./database.ts";

/**
 * A pool to PostgreSQL. A Lambda serves one request at a time and so opens one connection; the pool lets the local
 * cloud, which runs several at once in one process, do the same with a few.
 */
const POOL_CONNECTIONS = 4;
const CONNECT_TIMEOUT_MS = 2_000;
const STATEMENT_TIMEOUT_MS = 5_000;
/** The client's own limit, for a server that does not answer at all. */
const QUERY_TIMEOUT_MS = 7_000;

export function connectDatabase(databaseUrl: string): Kysely<Database> {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: POOL_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
  });
  // An idle connection that the server closed is replaced at the next query; it is no reason to stop.
  pool.on("error", () => {});
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}
