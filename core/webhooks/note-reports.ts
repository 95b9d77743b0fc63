import type { Kysely } from "kysely";
import type { Warn } from "../log.ts";
import type { Measure } from "../metrics.ts";
import type { Database } from "../postgres/database.ts";
import { takeReports } from "./take-reports.postgres.ts";
import type { CallReport } from "./webhook-task.ts";
import type { WebhookQueue } from "./webhook-queues.sqs.ts";

export type ReportDependencies = {
  readonly db: Kysely<Database>;
  readonly webhooks: Pick<WebhookQueue, "sendAll">;
  readonly retries: readonly number[];
  readonly measure: Measure;
  readonly warn: Warn;
};

/**
 * Notes what came of calls, and has told by mail of endpoints that were paused for it. @throws when a store does not answer: the
 * reports come again. A notice that SQS does not take is lost then; the console and an alarm say the same.
 */
export async function noteReports(deps: ReportDependencies, reports: readonly CallReport[]): Promise<void> {
  const taken = await takeReports(deps.db, reports, deps.retries);
  const countOf = (outcome: string) => taken.filter((report) => report.outcome === outcome).length;
  for (const [outcome, metric] of [
    ["delivered", "WebhooksDelivered"],
    ["failed", "WebhookCallsFailed"],
    ["given_up", "WebhooksGivenUp"],
  ] as const)
    if (countOf(outcome) > 0) deps.measure(metric, countOf(outcome));
  const notices = taken.flatMap(({ notice }) => (notice ? [notice] : []));
  if (notices.length === 0) return;
  deps.measure("WebhookEndpointsPaused", notices.length);
  for (const { endpointId, why } of notices) deps.warn("an endpoint was paused", { endpointId, why });
  await deps.webhooks.sendAll(notices);
}
