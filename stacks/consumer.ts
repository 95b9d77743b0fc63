import { type ConsumerName, consumers } from "../core/topology.ts";
import { consumerNeeds } from "./function-needs.ts";
import type { Payments } from "./payments.ts";
import { productFunction } from "./product-function.ts";
import { productMetric } from "./product-metric.ts";
import type { Pushes } from "./pushes.ts";
import type { Queue } from "./queue.ts";
import { titleOf } from "./title-of.ts";
import type { Webhooks } from "./webhooks.ts";
import type { World } from "./world.ts";

/** Feeds each consumer of core/topology.ts, few batches at a time, so that a crowd can't exhaust PostgreSQL's connections. */
export function createConsumers(
  world: World,
  { queue, mailQueue, rehearsalQueue }: Pick<Queue, "queue" | "mailQueue" | "rehearsalQueue">,
  { queue: paymentQueue }: Pick<Payments, "queue">,
  webhooks: Pick<Webhooks, "queue" | "reportQueue">,
  pushes: Pick<Pushes, "queue">,
): void {
  const queues = {
    ORDER_QUEUE_URL: queue,
    MAIL_QUEUE_URL: mailQueue,
    PAYMENT_QUEUE_URL: paymentQueue,
    PUSH_QUEUE_URL: pushes.queue,
    WEBHOOK_QUEUE_URL: webhooks.queue,
    WEBHOOK_REPORT_QUEUE_URL: webhooks.reportQueue,
    REHEARSAL_QUEUE_URL: rehearsalQueue,
  };
  for (const name of Object.keys(consumers) as ConsumerName[]) {
    const consumer = consumers[name];
    const subscriber = queues[consumer.queue].subscribe(
      productFunction(consumer, consumerNeeds[name], world),
      {
        batch: {
          size: consumer.batchSize,
          window: `${consumer.batchWindowSeconds} seconds`,
          partialResponses: true,
        },
        transform: {
          eventSourceMapping: (args) => {
            args.scalingConfig = { maximumConcurrency: consumer.maximumConcurrency };
          },
        },
      },
    );
    world.alarms.watchFunction(titleOf(name), subscriber.nodes.function);
  }
  world.alarms.watch("MailsGivenUp", { ...productMetric("MailsGivenUp"), statistic: "Sum", above: 10 });
  world.alarms.watch("OrdersRejected", {
    ...productMetric("RejectedOrders"),
    statistic: "Sum",
    above: 0,
    inPreviews: true,
  });
}
