import { type Consumer, consumers } from "../core/topology.ts";
import type { CloudOptions } from "./cloud-options.ts";
import type { Runner } from "./runner/runner.ts";
import { type SqsTrigger, startSqsTrigger } from "./sqs-trigger/sqs-trigger.ts";

type Parts = {
  readonly endpoint: string;
  /** The functions' own, which name the queues. */
  readonly environment: Readonly<Record<string, string>>;
  readonly runner: Runner;
  readonly onError: (error: unknown) => void;
};

/** Feeds each consumer of core/topology.ts from its queue. */
export function startTriggers({ trigger }: CloudOptions, parts: Parts): SqsTrigger[] {
  if (trigger === false) return [];
  const { endpoint, environment, runner, onError } = parts;
  return Object.values<Consumer>(consumers).map((consumer) =>
    startSqsTrigger({
      endpoint,
      queueUrl: environment[consumer.queue] ?? "",
      function: consumer,
      batchSize: consumer.batchSize,
      batchWindowMs: consumer.batchWindowSeconds * 1000,
      maximumConcurrency: consumer.maximumConcurrency,
      runner,
      onError,
      ...trigger,
    }),
  );
}
