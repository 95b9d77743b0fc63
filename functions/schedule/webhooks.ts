import { databaseClient } from "../../core/clients/database.ts";
import { webhookQueueClient } from "../../core/clients/webhooks.ts";
import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { warn } from "../../core/log.ts";
import { isSaleNear } from "../../core/preflight/near-sales.postgres.ts";
import { schedules } from "../../core/topology.ts";
import { hasOpenDeliveries } from "../../core/webhooks/is-busy.postgres.ts";
import { runWebhooks } from "../../core/webhooks/run-webhooks.ts";

const config = loadConfig(["DATABASE_URL", "WEBHOOK_QUEUE_URL", "SQS_ENDPOINT"]);

/** Each minute: for as long as it lasts while a sale is near or something is to be sent, else one look. */
export async function handler(event: { readonly runSeconds?: number }): Promise<void> {
  const [db, webhooks] = await Promise.all([databaseClient(config), webhookQueueClient(config)]);
  await runWebhooks(
    { db, webhooks, clock: systemClock, warn },
    {
      runMs: (event.runSeconds ?? schedules.webhooks.runSeconds) * 1000,
      isBusy: async () => (await isSaleNear(db, systemClock.nowMs())) || (await hasOpenDeliveries(db)),
    },
  );
}
