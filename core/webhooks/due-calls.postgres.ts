import { type Kysely, sql } from "kysely";
import type { EndpointId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import { DOWN_AFTER } from "./retries.ts";
import type { CallTask } from "./webhook-task.ts";

/** Of one endpoint at once: a slow one is not flooded, and does not take the senders from the others. */
export const MOST_IN_FLIGHT = 50;
/** How long a sender may take with a call, from the queue to its report: longer than the queue redelivers it. */
export const LEASE_MS = 5 * 60_000;
/** A call that has waited in the queue so long is dropped: its report might come after the lease. */
const LAST_CALL_MS = LEASE_MS - 60_000;

type Due = {
  readonly position: string;
  readonly attempts: number;
  readonly round: number;
  readonly id: string;
  readonly type: string;
  readonly happened_at: Date;
  readonly data: Record<string, unknown>;
  readonly missed: string[] | null;
};
type Endpoint = {
  readonly id: EndpointId;
  readonly url: string;
  readonly secret: string;
  readonly old_secret: string | null;
  readonly old_secret_until: Date | null;
  readonly failures: number;
};

/**
 * Takes the calls that are due of each endpoint under a lease, so that nobody else takes them: of each order or sale the
 * oldest event that is open, and nothing behind it. What is taken and then never sent is due again after the lease.
 */
export async function takeDueCalls(db: Kysely<Database>, nowMs: number): Promise<CallTask[]> {
  const now = new Date(nowMs);
  const endpoints = await db
    .selectFrom("webhook_endpoints")
    .select(["id", "url", "secret", "old_secret", "old_secret_until", "failures"])
    .where("state", "=", "active")
    .where((eb) => eb.or([eb("quiet_until", "is", null), eb("quiet_until", "<=", now)]))
    .orderBy("id")
    .execute();
  const tasks: CallTask[] = [];
  for (const endpoint of endpoints) tasks.push(...(await takeOf(db, endpoint, nowMs)));
  return tasks;
}

async function takeOf(db: Kysely<Database>, endpoint: Endpoint, nowMs: number): Promise<CallTask[]> {
  const now = new Date(nowMs);
  const most = endpoint.failures >= DOWN_AFTER ? 1 : MOST_IN_FLIGHT;
  const lease = new Date(nowMs + LEASE_MS);
  const { rows } = await sql<Due>`
    with flying as (
      select count(*)::int as calls from webhook_deliveries
      where endpoint_id = ${endpoint.id} and state = 'open' and lease_until > ${now}
    ), due as (
      select c.position from webhook_deliveries c
      where c.endpoint_id = ${endpoint.id} and c.state = 'open' and c.next_at <= ${now}
        and not exists (
          select from webhook_deliveries b
          where b.endpoint_id = c.endpoint_id and b.stream = c.stream and b.position < c.position and b.state = 'open')
      order by c.next_at, c.position
      limit greatest(0, ${most} - (select calls from flying))
      for update skip locked
    )
    update webhook_deliveries d
    set attempts = d.attempts + 1, lease_until = ${lease}, next_at = ${lease}
    from due, events e
    where d.endpoint_id = ${endpoint.id} and d.position = due.position and e.position = d.position
    returning d.position, d.attempts, d.round, e.id, e.type, e.happened_at, e.data, (
      select array_agg(m.id order by m.position) from webhook_deliveries g join events m on m.position = g.position
      where g.endpoint_id = d.endpoint_id and g.stream = d.stream and g.position < d.position and g.state = 'given_up'
    ) as missed`.execute(db);
  const isOldGood = endpoint.old_secret_until !== null && endpoint.old_secret_until > now;
  const secrets = [endpoint.secret, ...(isOldGood && endpoint.old_secret ? [endpoint.old_secret] : [])];
  return rows
    .toSorted((a, b) => Number(a.position) - Number(b.position))
    .map((due) => ({
      task: "call",
      endpointId: endpoint.id,
      position: Number(due.position),
      attempt: due.attempts,
      round: due.round,
      url: endpoint.url,
      secrets,
      eventId: due.id,
      body: bodyOf(due),
      notAfterMs: nowMs + LAST_CALL_MS,
    }));
}

/** `missed`: events of the same order that were tried for days and never taken; whoever reads this one knows of the gap. */
function bodyOf({ type, happened_at, data, missed }: Due): string {
  return JSON.stringify({
    type,
    timestamp: happened_at.toISOString(),
    data,
    ...(missed && { missed }),
  });
}
