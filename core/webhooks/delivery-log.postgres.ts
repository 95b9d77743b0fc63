import { type Kysely, sql } from "kysely";
import type { DeliveriesQuery, DeliveryPage, DeliveryState, RedeliverRequest } from "../contract/webhooks.ts";
import type { Actor } from "../identity/actor.ts";
import type { EndpointId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import { recordAudit } from "../sale/audit.postgres.ts";
import { lockEndpoint } from "./endpoints.postgres.ts";

const A_PAGE = 50;

type Row = {
  readonly position: string;
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly happened_at: Date;
  readonly state: DeliveryState;
  readonly waits_for: string | null;
  readonly attempts: number;
  readonly next_at: Date;
  readonly tried_at: Date | null;
  readonly status: number | null;
  readonly error: string | null;
  readonly took_ms: number | null;
  readonly delivered_at: Date | null;
};
const iso = (date: Date | null) => date?.toISOString() ?? null;

/** What an endpoint was sent and is to be sent, newest first. */
export async function readDeliveries(
  db: Kysely<Database>,
  endpointId: EndpointId,
  { state, search, type, before }: DeliveriesQuery,
): Promise<DeliveryPage> {
  const { rows } = await sql<Row>`
    select d.*, e.id, e.type, e.happened_at, (
      select w.id from webhook_deliveries b join events w on w.position = b.position
      where d.state = 'open' and b.endpoint_id = d.endpoint_id and b.stream = d.stream and b.position < d.position
        and b.state = 'open'
      order by b.position desc limit 1
    ) as waits_for
    from webhook_deliveries d join events e on e.position = d.position
    where d.endpoint_id = ${endpointId}
      and (${state ?? null}::text is null or d.state = ${state ?? null}::text)
      and (${type ?? null}::text is null or e.type = ${type ?? null}::text)
      and (${search} = '' or e.id = ${search} or d.stream = ${search})
      and (${before ?? null}::bigint is null or d.position < ${before ?? null}::bigint)
    order by d.position desc limit ${A_PAGE + 1}`.execute(db);
  const deliveries = rows.slice(0, A_PAGE).map((row) => ({
    position: Number(row.position),
    eventId: row.id,
    type: row.type,
    stream: row.stream,
    happenedAt: row.happened_at.toISOString(),
    state: row.state,
    waitsFor: row.waits_for,
    attempts: row.attempts,
    nextAt: row.state === "open" ? row.next_at.toISOString() : null,
    triedAt: iso(row.tried_at),
    status: row.status,
    error: row.error,
    tookMs: row.took_ms,
    deliveredAt: iso(row.delivered_at),
  }));
  return { deliveries, next: rows.length > A_PAGE ? (deliveries.at(-1)?.position ?? null) : null };
}

/**
 * Has events sent again, one or a whole range, in the order of each order: what of it is behind them and open waits for them.
 * Answers how many; null: there is no such endpoint.
 */
export async function redeliver(
  db: Kysely<Database>,
  endpointId: EndpointId,
  { from, to, only }: RedeliverRequest,
  { actor, nowMs }: { readonly actor: Actor; readonly nowMs: number },
): Promise<number | null> {
  const states: readonly DeliveryState[] = only === "given_up" ? ["given_up"] : ["given_up", "delivered"];
  return db.transaction().execute(async (trx) => {
    if (!(await lockEndpoint(trx, endpointId))) return null;
    const { numUpdatedRows } = await trx
      .updateTable("webhook_deliveries")
      .set((eb) => ({
        state: "open" as const,
        attempts: 0,
        round: eb("round", "+", 1),
        next_at: new Date(nowMs),
        lease_until: null,
        delivered_at: null,
      }))
      .where("endpoint_id", "=", endpointId)
      .where("position", ">=", String(from))
      .where("position", "<=", String(to))
      .where("state", "in", states)
      .executeTakeFirst();
    const deliveries = Number(numUpdatedRows);
    const after = { endpoint: endpointId, from, to, only: only ?? "given_up", deliveries };
    await recordAudit(trx, null, actor, { action: "events_redelivered", before: {}, after });
    return deliveries;
  });
}
