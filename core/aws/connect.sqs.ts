import type * as sdk from "@aws-sdk/client-sqs";
import { createCaller, ownAccess } from "./call.ts";
import type { PostLimits } from "./post.http.ts";

/** The actions that the hot path and the local trigger need, with the SDK's own types. */
type Actions = {
  readonly SendMessage: [sdk.SendMessageCommandInput, sdk.SendMessageCommandOutput];
  readonly SendMessageBatch: [sdk.SendMessageBatchCommandInput, sdk.SendMessageBatchCommandOutput];
  readonly ReceiveMessage: [sdk.ReceiveMessageCommandInput, sdk.ReceiveMessageCommandOutput];
  readonly DeleteMessageBatch: [sdk.DeleteMessageBatchCommandInput, sdk.DeleteMessageBatchCommandOutput];
  readonly GetQueueAttributes: [sdk.GetQueueAttributesCommandInput, sdk.GetQueueAttributesCommandOutput];
};

export type Sqs = ReturnType<typeof openSqs>;

/**
 * SQS for the hot path; the SDK's client stays for all the rest. A queue's URL may name a host that only AWS resolves;
 * where an endpoint is given, that endpoint is meant.
 *
 * @throws as call.ts does.
 */
export function openSqs(queueUrl: string, endpoint: string | undefined, access = ownAccess()) {
  const url = new URL(endpoint ?? new URL(queueUrl).origin);
  const { call, close } = createCaller({ name: "sqs", target: "AmazonSQS", endpoint: url }, access);
  return {
    send: <Name extends keyof Actions>(
      action: Name,
      input: Omit<Actions[Name][0], "QueueUrl">,
      limits?: Partial<PostLimits>,
    ) =>
      call(action, { QueueUrl: queueUrl, ...input }, limits) as Promise<Omit<Actions[Name][1], "$metadata">>,
    close,
  };
}
