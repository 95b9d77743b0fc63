import { orderConsumer } from "../core/topology.ts";
import { consumerNeeds } from "./function-needs.ts";
import { productFunction } from "./product-function.ts";
import { productMetric } from "./product-metric.ts";
import type { Queue } from "./queue.ts";
import type { World } from "./world.ts";

/** Writes orders to PostgreSQL, few batches at a time, so that a crowd can't exhaust its connections. */
export function createConsumer(world: World, { queue }: Queue): void {
  const { batchSize, batchWindowSeconds, maximumConcurrency } = orderConsumer;
  const subscriber = queue.subscribe(productFunction(orderConsumer, consumerNeeds, world), {
    batch: { size: batchSize, window: `${batchWindowSeconds} seconds`, partialResponses: true },
    transform: {
      eventSourceMapping: (args) => {
        args.scalingConfig = { maximumConcurrency };
      },
    },
  });
  world.alarms.watchFunction("OrderConsumer", subscriber.nodes.function);
  world.alarms.watch("OrdersRejected", {
    ...productMetric("RejectedOrders"),
    statistic: "Sum",
    above: 0,
    inPreviews: true,
  });
}
