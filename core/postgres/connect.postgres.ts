import type { Socket } from "node:net";
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
/** A connection that has brought nothing for longer than any query may take. */
const SILENCE_LIMIT_MS = QUERY_TIMEOUT_MS + 1_000;

/** @param connectTimeoutMs how long a connection may take to come about; default: as long as a request can wait. */
export function connectDatabase(
  databaseUrl: string,
  connectTimeoutMs = CONNECT_TIMEOUT_MS,
): Kysely<Database> {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: POOL_CONNECTIONS,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
  });
  // An idle connection that the server closed is replaced at the next query; it is no reason to stop.
  pool.on("error", () => {});
  pool.on("connect", (client) => {
    // Whoever waits for a query hears of its error; a connection that breaks between two is replaced likewise.
    client.on("error", () => {});
    // The client gives up a query that ran out of time, but keeps the connection, and each later query would wait for the
    // answer that was lost. A silent connection is closed instead.
    const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } }).connection;
    stream.setTimeout(SILENCE_LIMIT_MS, () => stream.destroy());
  });
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}
