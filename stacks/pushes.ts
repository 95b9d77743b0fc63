import { vapidPublicKeyOf } from "../core/push/vapid.ts";
import { consumers } from "../core/topology.ts";
import type { Alarms } from "./alarms.ts";
import { type Grant, secret } from "./grants.ts";
import { productMetric } from "./product-metric.ts";
import { queueOf } from "./queue.ts";
import { stage } from "./stage.ts";

const KEY_LENGTH = 48;

/** The queue of what browsers are told by push, and the key that push services know the shop by. */
export function createPushes({ alarms: { watch } }: { readonly alarms: Alarms }) {
  const { queue, deadLetters } = queueOf("Push", consumers.pushSender);
  const metric = (metricName: string, of: sst.aws.Queue) => ({
    namespace: "AWS/SQS",
    metricName,
    dimensions: { QueueName: of.nodes.queue.name },
  });
  watch("PushDeadLettersNotEmpty", {
    ...metric("ApproximateNumberOfMessagesVisible", deadLetters),
    above: 0,
  });
  // Of what waits a quarter of an hour on purpose there is little; mails say the same meanwhile.
  watch("PushesGivenUp", { ...productMetric("PushesGivenUp"), statistic: "Sum", above: 10 });

  // Like the session's key it is made at the first deploy, and travels as a link, encrypted in the sender's bundle.
  const key = new random.RandomPassword("PushKey", { length: KEY_LENGTH, special: false }).result;
  const grants = {
    "pushes.send": {
      environment: { PUSH_QUEUE_URL: queue.url },
      permissions: [{ actions: ["sqs:SendMessage"], resources: [queue.arn] }],
    },
    "pushes.sign": { secrets: [secret("PUSH_KEY", key)] },
    "pushes.key": { environment: { PUSH_PUBLIC_KEY: $util.unsecret(key.apply(vapidPublicKeyOf)) } },
    "pushes.services": { environment: { PUSH_SERVICES: stage.pushServices } },
  } satisfies Record<string, Grant>;
  return { grants, queue };
}

export type Pushes = ReturnType<typeof createPushes>;
