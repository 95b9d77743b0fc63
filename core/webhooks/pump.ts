import type { Kysely } from "kysely";
import { faultPoint } from "../fault-point.ts";
import { numberEvents } from "../events/feed.postgres.ts";
import { tellOpened } from "../events/tell-sale.postgres.ts";
import type { Clock } from "../clock.ts";
import type { Database } from "../postgres/database.ts";
import { takeDueCalls } from "./due-calls.postgres.ts";
import { makeDeliveries } from "./due-events.postgres.ts";
import type { WebhookQueue } from "./webhook-queues.sqs.ts";

export type PumpDependencies = {
  readonly db: Kysely<Database>;
  readonly webhooks: Pick<WebhookQueue, "sendAll">;
  readonly clock: Pick<Clock, "nowMs">;
};

/**
 * Numbers what has happened, with its deliveries, and has the calls made that are due. Safe to run at once with others, and to
 * be killed anywhere: events and deliveries are one transaction, and a call that was taken and not sent is due again after its
 * lease.
 *
 * @returns whether there is more to do at once.
 */
export async function pump(deps: PumpDependencies): Promise<boolean> {
  const { db, clock } = deps;
  await tellOpened(db, new Date(clock.nowMs()));
  const { hasMore } = await numberEvents(db, (trx, events) =>
    makeDeliveries(trx, events, new Date(clock.nowMs())),
  );
  const sent = await sendDue(deps);
  return hasMore || sent > 0;
}

/** Has the calls made that are due; answers how many. */
export async function sendDue({ db, webhooks, clock }: PumpDependencies): Promise<number> {
  const tasks = await takeDueCalls(db, clock.nowMs());
  await faultPoint("webhook_after_lease");
  if (tasks.length > 0) await webhooks.sendAll(tasks);
  return tasks.length;
}
