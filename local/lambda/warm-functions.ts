import { consumers, httpFunction } from "../../core/topology.ts";
import { loadHandler } from "../runner/load-handler.ts";
import type { Runner } from "../runner/runner.ts";

/** What Lambda tells an environment that it keeps warm: its purchase then opens its clients as it starts. */
export const warmEnvironment = { AWS_LAMBDA_INITIALIZATION_TYPE: "provisioned-concurrency" } as const;

/** Loads the purchase, as the warm-up does in production: loading it in the first second of a sale holds up its purchases. */
export const warmPurchase = async (): Promise<void> =>
  void (await loadHandler(httpFunction("purchase").handler));

/** Loads the two functions that work off a sale's orders, by a batch of no messages each. */
export async function warmConsumers(runner: Runner): Promise<void> {
  const nothing = { Records: [] };
  await Promise.all([
    runner.invoke(consumers.orderConsumer, nothing),
    runner.invoke(consumers.orderMailer, nothing),
  ]);
}
