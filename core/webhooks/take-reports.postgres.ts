import { type Kysely, sql, type Transaction } from "kysely";
import type { PausedWhy } from "../contract/webhooks.ts";
import type { EndpointId } from "../ids.ts";
import type { Database } from "../postgres/database.ts";
import { DOWN_AFTER, pauseFor, quietFor, waitAfter } from "./retries.ts";
import type { CallReport, NoticeTask } from "./webhook-task.ts";

export type TakenReport = {
  readonly outcome: "delivered" | "failed" | "given_up" | "known";
  /** The endpoint was paused for it: somebody is to be told. */
  readonly notice: NoticeTask | null;
};

/**
 * Notes what came of calls, in one transaction. Safe to repeat: a report of an earlier attempt than the last changes nothing if
 * it failed, and counts if it was taken, however late it comes; one of an earlier round says nothing of the event's delivery.
 */
export async function takeReports(
  db: Kysely<Database>,
  reports: readonly CallReport[],
  retries: readonly number[],
): Promise<TakenReport[]> {
  return db.transaction().execute(async (trx) => {
    const taken: TakenReport[] = [];
    // In the order of their endpoints, so that no two transactions wait for each other.
    for (const report of reports.toSorted((a, b) => (a.endpointId < b.endpointId ? -1 : 1))) {
      const endpoint = await lockEndpoint(trx, report.endpointId);
      if (!endpoint) taken.push({ outcome: "known", notice: null });
      else if (report.isTaken) taken.push(await noteTaken(trx, endpoint, report));
      else taken.push(await noteFailed(trx, endpoint, report, retries));
    }
    return taken;
  });
}

type Endpoint = NonNullable<Awaited<ReturnType<typeof lockEndpoint>>>;

const lockEndpoint = (trx: Transaction<Database>, id: EndpointId) =>
  trx
    .selectFrom("webhook_endpoints")
    .select(["id", "url", "name", "notify", "state", "failures", "failing_since"])
    .where("id", "=", id)
    .forNoKeyUpdate()
    .executeTakeFirst();

const lastCall = ({ status, error, tookMs, atMs }: CallReport) => ({
  tried_at: new Date(atMs),
  status,
  error,
  took_ms: tookMs,
});

const deliveryOf = (trx: Transaction<Database>, { endpointId, position, round }: CallReport) =>
  trx
    .updateTable("webhook_deliveries")
    .where("endpoint_id", "=", endpointId)
    .where("position", "=", String(position))
    .where("round", "=", round)
    .where("state", "=", "open");

async function noteTaken(
  trx: Transaction<Database>,
  { id, failures }: Endpoint,
  report: CallReport,
): Promise<TakenReport> {
  const at = new Date(report.atMs);
  const { numUpdatedRows } = await deliveryOf(trx, report)
    .set({ ...lastCall(report), state: "delivered", delivered_at: at, lease_until: null })
    .executeTakeFirst();
  await trx
    .updateTable("webhook_endpoints")
    .set({ failures: 0, failing_since: null, quiet_until: null, delivered_at: at })
    .where("id", "=", id)
    .execute();
  // It is back: what waited for it goes out now, not when its own time would have come.
  if (failures >= DOWN_AFTER)
    await trx
      .updateTable("webhook_deliveries")
      .set({ next_at: at })
      .where("endpoint_id", "=", id)
      .where("state", "=", "open")
      .where("lease_until", "is", null)
      .where("next_at", ">", at)
      .execute();
  return { outcome: numUpdatedRows > 0n ? "delivered" : "known", notice: null };
}

async function noteFailed(
  trx: Transaction<Database>,
  endpoint: Endpoint,
  report: CallReport,
  retries: readonly number[],
): Promise<TakenReport> {
  const { attempt, atMs, retryAfterMs } = report;
  const wait = waitAfter(attempt, retries, retryAfterMs);
  const next = new Date(atMs + (wait ?? 0));
  const row = await deliveryOf(trx, report)
    .set({
      ...lastCall(report),
      lease_until: null,
      next_at: next,
      ...(wait === null && { state: "given_up" as const }),
    })
    .where("attempts", "=", attempt)
    .returning("stream")
    .executeTakeFirst();
  if (!row) return { outcome: "known", notice: null };
  // They wait for it anyway: nobody needs to look at them before.
  await sql`
    update webhook_deliveries set next_at = ${next}
    where endpoint_id = ${endpoint.id} and stream = ${row.stream} and state = 'open' and lease_until is null
      and position > ${report.position} and next_at < ${next}`.execute(trx);
  const paused = await noteFailure(trx, endpoint, report);
  return { outcome: wait === null ? "given_up" : "failed", notice: paused && noticeOf(endpoint, paused) };
}

async function noteFailure(
  trx: Transaction<Database>,
  { id, state, failures: before, failing_since }: Endpoint,
  { atMs, status }: CallReport,
): Promise<PausedWhy | null> {
  const failures = before + 1;
  const since = failing_since?.getTime() ?? atMs;
  const quietMs = quietFor(failures, atMs - since);
  const why = state === "active" ? pauseFor(failures, atMs - since, status) : null;
  await trx
    .updateTable("webhook_endpoints")
    .set({
      failures,
      failing_since: new Date(since),
      quiet_until: quietMs > 0 ? new Date(atMs + quietMs) : null,
      ...(why && { state: "paused" as const, paused_why: why }),
    })
    .where("id", "=", id)
    .execute();
  return why;
}

/** The address may bear a secret in its path or query: a mail names its host alone. */
const noticeOf = ({ id, url, name, notify }: Endpoint, why: PausedWhy): NoticeTask => ({
  task: "notice",
  endpointId: id,
  to: notify,
  name,
  host: new URL(url).host,
  why,
});
