import type { Kysely, Transaction } from "kysely";
import type { AuditAction, AuditValues } from "../contract/audit.ts";
import type { ChangeEndpointRequest, CreateEndpointRequest } from "../contract/webhooks.ts";
import { appendToFeed, TEST_EVENT } from "../events/feed.postgres.ts";
import type { Actor } from "../identity/actor.ts";
import { type EndpointId, newEndpointId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import { recordAudit } from "../sale/audit.postgres.ts";
import { deliverOnlyTo } from "./due-events.postgres.ts";
import { lockEndpoint } from "./endpoints.postgres.ts";
import { seal } from "./sealed.ts";
import { newWebhookSecret } from "./signature.ts";

/** The most endpoints at once: each event is sent to each of them. */
export const MOST_ENDPOINTS = 20;

export type EndpointAct = {
  readonly db: Kysely<Database>;
  readonly actor: Actor;
  readonly nowMs: number;
};

const audit = (
  trx: Transaction<Database>,
  actor: Actor,
  action: AuditAction,
  before: AuditValues,
  after: AuditValues,
) => recordAudit(trx, null, actor, { action, before, after });

/** A URL may bear a secret behind its host: the log has the host alone. */
const named = (row: { readonly id: string; readonly name: string; readonly url: string }): AuditValues => ({
  endpoint: row.id,
  name: row.name,
  host: new URL(row.url).host,
});

/** Adds an address that events go to from now on. The secret is answered here and nowhere else. */
export async function addEndpoint(
  { db, actor, nowMs }: EndpointAct,
  { url, name, notify, types }: CreateEndpointRequest,
  sealingKey: string,
): Promise<{ readonly endpointId: EndpointId; readonly secret: string } | "too_many"> {
  const [id, secret] = [newEndpointId(nowMs), newWebhookSecret()];
  return db.transaction().execute(async (trx) => {
    const { count } = await trx
      .selectFrom("webhook_endpoints")
      .select((eb) => eb.fn.countAll<string>().as("count"))
      .where("state", "<>", "deleted")
      .executeTakeFirstOrThrow();
    if (Number(count) >= MOST_ENDPOINTS) return "too_many";
    const sealed = seal(secret, sealingKey);
    await trx
      .insertInto("webhook_endpoints")
      .values({ id, url, name, notify, types, secret: sealed, created_at: new Date(nowMs) })
      .execute();
    await audit(trx, actor, "endpoint_added", {}, { ...named({ id, name, url }), types: types.join(", ") });
    return { endpointId: id, secret };
  });
}

/** Changes an endpoint, pauses it, or sends what has waited. False: there is none. */
export async function changeEndpoint(
  { db, actor, nowMs }: EndpointAct,
  id: EndpointId,
  change: ChangeEndpointRequest,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = await lockEndpoint(trx, id);
    if (!row) return false;
    const { state, ...settings } = change;
    await trx
      .updateTable("webhook_endpoints")
      .set({
        ...Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)),
        ...(state === "paused" && row.state !== "paused" && { state, paused_why: "operator" as const }),
        ...(state === "active" && {
          state,
          paused_why: null,
          failures: 0,
          failing_since: null,
          quiet_until: null,
        }),
      })
      .where("id", "=", id)
      .execute();
    if (state === "active") await sendNow(trx, id, nowMs);
    const after = { ...row, ...settings };
    await audit(
      trx,
      actor,
      "endpoint_changed",
      { ...named(row), notify: row.notify, types: row.types.join(", "), state: row.state },
      {
        ...named({ id, name: after.name ?? row.name, url: after.url ?? row.url }),
        notify: after.notify ?? row.notify,
        types: (after.types ?? row.types).join(", "),
        state: state ?? row.state,
      },
    );
    return true;
  });
}

/** Whoever resumes an endpoint has mended it: what waits is due now. */
const sendNow = (trx: Transaction<Database>, id: EndpointId, nowMs: number) =>
  trx
    .updateTable("webhook_deliveries")
    .set({ next_at: new Date(nowMs) })
    .where("endpoint_id", "=", id)
    .where("state", "=", "open")
    .where("lease_until", "is", null)
    .execute();

/** Sends nothing more to an endpoint, and forgets what was to be sent. False: there is none. */
export async function deleteEndpoint(
  { db, actor }: Omit<EndpointAct, "nowMs">,
  id: EndpointId,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const row = await lockEndpoint(trx, id);
    if (!row) return false;
    await trx
      .updateTable("webhook_endpoints")
      .set({
        state: "deleted",
        paused_why: null,
        notify: "",
        secret: "",
        old_secret: null,
        old_secret_until: null,
      })
      .where("id", "=", id)
      .execute();
    await trx.deleteFrom("webhook_deliveries").where("endpoint_id", "=", id).execute();
    await audit(trx, actor, "endpoint_deleted", named(row), {});
    return true;
  });
}

/** Gives an endpoint a new secret; the one before signs too for as long as is said. Null: there is no such endpoint. */
export async function rotateSecret(
  { db, actor, nowMs }: EndpointAct,
  id: EndpointId,
  { overlapHours, sealingKey }: { readonly overlapHours: number; readonly sealingKey: string },
): Promise<string | null> {
  const secret = newWebhookSecret();
  return db.transaction().execute(async (trx) => {
    const row = await lockEndpoint(trx, id);
    if (!row) return null;
    const until = overlapHours > 0 ? new Date(nowMs + overlapHours * 3_600_000) : null;
    await trx
      .updateTable("webhook_endpoints")
      .set({
        secret: seal(secret, sealingKey),
        old_secret: until && row.secret,
        old_secret_until: until,
      })
      .where("id", "=", id)
      .execute();
    await audit(trx, actor, "endpoint_secret_changed", {}, { ...named(row), overlapHours });
    return secret;
  });
}

/** Sends this endpoint, and nobody else, an event that says nothing. Null: there is no such endpoint. */
export async function testEndpoint(
  { db, actor, nowMs }: EndpointAct,
  id: EndpointId,
): Promise<{ readonly eventId: string; readonly position: number } | null> {
  return db.transaction().execute(async (trx) => {
    const row = await lockEndpoint(trx, id);
    if (!row) return null;
    const eventId = `evt_${id.slice(id.indexOf("_") + 1)}_${nowMs}`;
    const happenedAt = new Date(nowMs);
    const data = { endpointId: id };
    const event = await appendToFeed(trx, { id: eventId, type: TEST_EVENT, stream: id, happenedAt, data });
    await deliverOnlyTo(trx, id, event, happenedAt);
    await audit(trx, actor, "endpoint_tested", {}, { ...named(row), event: eventId });
    return { eventId, position: event.position };
  });
}
