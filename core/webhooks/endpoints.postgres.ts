import { type Kysely, type Selectable, sql, type Transaction } from "kysely";
import type { WebhookEndpoint } from "../contract/webhooks.ts";
import type { EndpointId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import type { WebhookEndpointsTable } from "../postgres/tables/integrations.ts";

type Row = Selectable<WebhookEndpointsTable> & { readonly open: number; readonly given_up: number };

const iso = (date: Date | null) => date?.toISOString() ?? null;

const viewOf = (row: Row): WebhookEndpoint => ({
  endpointId: row.id,
  url: row.url,
  name: row.name,
  notify: row.notify,
  types: row.types,
  state: row.state === "paused" ? "paused" : "active",
  pausedWhy: row.paused_why,
  oldSecretUntil: iso(row.old_secret_until),
  createdAt: row.created_at.toISOString(),
  deliveredAt: iso(row.delivered_at),
  failures: row.failures,
  failingSince: iso(row.failing_since),
  open: row.open,
  givenUp: row.given_up,
});

const counted = (state: "open" | "given_up") =>
  sql<number>`(select count(*)::int from webhook_deliveries d where d.endpoint_id = webhook_endpoints.id and d.state = ${state})`;

const known = (db: Kysely<Database>) =>
  db
    .selectFrom("webhook_endpoints")
    .selectAll()
    .select([counted("open").as("open"), counted("given_up").as("given_up")])
    .where("state", "<>", "deleted");

/** The addresses that webhooks go to, oldest first. */
export async function listEndpoints(db: Kysely<Database>): Promise<WebhookEndpoint[]> {
  return (await known(db).orderBy("created_at").orderBy("id").execute()).map(viewOf);
}

export async function findEndpoint(db: Kysely<Database>, id: EndpointId): Promise<WebhookEndpoint | null> {
  const row = await known(db).where("id", "=", id).executeTakeFirst();
  return row ? viewOf(row) : null;
}

/** For a change; null: there is none, or none any more. */
export const lockEndpoint = (trx: Transaction<Database>, id: EndpointId) =>
  trx
    .selectFrom("webhook_endpoints")
    .selectAll()
    .where("id", "=", id)
    .where("state", "<>", "deleted")
    .forNoKeyUpdate()
    .executeTakeFirst();
