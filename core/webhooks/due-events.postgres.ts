import { sql, type Transaction } from "kysely";
import type { Numbered } from "../events/feed.postgres.ts";
import type { EndpointId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";

/** Makes a delivery of each new event for each endpoint that wants it, in the transaction that numbers the events. */
export async function makeDeliveries(
  trx: Transaction<Database>,
  events: readonly Numbered[],
  now: Date,
): Promise<void> {
  if (events.length === 0) return;
  await sql`
    insert into webhook_deliveries (endpoint_id, position, stream, next_at)
    select w.id, e.position, e.stream, ${now}
    from events e join webhook_endpoints w on w.state <> 'deleted' and (w.types = '{}' or e.type = any(w.types))
    where e.position between ${events[0]!.position} and ${events.at(-1)!.position}
    on conflict do nothing`.execute(trx);
}

/** One event for one endpoint alone. */
export async function deliverOnlyTo(
  trx: Transaction<Database>,
  endpointId: EndpointId,
  { position, stream }: Numbered,
  now: Date,
): Promise<void> {
  await trx
    .insertInto("webhook_deliveries")
    .values({ endpoint_id: endpointId, position: String(position), stream, next_at: now })
    .execute();
}

/** How long the log keeps what was delivered. */
const KEPT_DAYS = 30;
const FORGOTTEN_AT_ONCE = 5_000;

/** Takes what was delivered long ago off the log; what was given up stays. */
export async function forgetDelivered(trx: Transaction<Database>, now: Date): Promise<void> {
  await sql`
    delete from webhook_deliveries where (endpoint_id, position) in (
      select endpoint_id, position from webhook_deliveries
      where state = 'delivered' and delivered_at < ${now}::timestamptz - make_interval(days => ${KEPT_DAYS})
      limit ${FORGOTTEN_AT_ONCE})`.execute(trx);
}
