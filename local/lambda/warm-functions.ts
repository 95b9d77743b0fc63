import { consumers, httpFunction } from "../../core/topology.ts";
import { loadHandler } from "../runner/load-handler.ts";
import type { Runner } from "../runner/runner.ts";

/** What Lambda tells an environment that it keeps warm: its purchase then opens its clients as it starts. */
export const warmEnvironment = { AWS_LAMBDA_INITIALIZATION_TYPE: "provisioned-concurrency" } as const;

/**
 * Loads what an opening needs before it comes, as the warm-up does for the purchase in production: the purchase, and the two functions that
 * work off its orders, by a batch of no messages. Here they share a process with the API, and loading them in the first
 * second of a sale holds up its purchases.
 */
export async function warmFunctions(runner: Runner): Promise<void> {
  const nothing = { Records: [] };
  await Promise.all([
    loadHandler(httpFunction("purchase").handler),
    runner.invoke(consumers.orderConsumer, nothing),
    runner.invoke(consumers.orderMailer, nothing),
  ]);
}
