import type { KeyObject } from "node:crypto";
import { faultPoint } from "../fault-point.ts";
import type { Clock } from "../clock.ts";
import type { Warn } from "../log.ts";
import type { CallOutcome, EndpointCall } from "./call-endpoint.http.ts";
import { unseal } from "./sealed.ts";
import { signedHeaders } from "./signature.ts";
import type { CallTask } from "./webhook-task.ts";
import type { ReportQueue } from "./webhook-queues.sqs.ts";

export type SenderDependencies = {
  readonly call: (call: EndpointCall) => Promise<CallOutcome>;
  readonly reports: Pick<ReportQueue, "send">;
  readonly key: KeyObject;
  readonly clock: Pick<Clock, "nowMs">;
  readonly warn: Warn;
};

/**
 * Makes one call and reports what came of it. Whoever is killed in between has the message come again, and calls once more: at
 * least once, and the receiver knows the event by its id.
 *
 * @throws when the report cannot be sent.
 */
export async function sendWebhook(deps: SenderDependencies, task: CallTask): Promise<void> {
  const { endpointId, position, attempt, round, eventId, body, url } = task;
  const atMs = deps.clock.nowMs();
  if (atMs > task.notAfterMs) {
    deps.warn("a webhook has waited too long in the queue, and is left to its next call", {
      endpointId,
      eventId,
      attempt,
    });
    return;
  }
  const secrets = task.secrets.map((sealed) => unseal(sealed, deps.key));
  const headers = signedHeaders({ id: eventId, body, atMs }, secrets);
  const { isTaken, status, error, retryAfterMs, tookMs } = await deps.call({ url, headers, body });
  await faultPoint("webhook_after_call");
  await deps.reports.send({
    endpointId,
    position,
    attempt,
    round,
    isTaken,
    status,
    error,
    retryAfterMs,
    tookMs: Math.round(tookMs),
    atMs: Math.round(deps.clock.nowMs()),
  });
  await faultPoint("webhook_after_report");
}
