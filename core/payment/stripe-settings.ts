import type { Config } from "../config.ts";
import type { StripeSettings } from "./stripe.http.ts";

/**
 * The provider as it is configured; on a developer's machine its stand-in.
 * @throws Error if a stand-in is named anywhere else: where goods are sold, money is real.
 */
export function stripeSettings(
  config: Config<"PAYMENT_KEY" | "PAYMENT_WEBHOOK_SECRET" | "PAYMENT_ENDPOINT">,
): StripeSettings {
  const { STAGE, PAYMENT_ENDPOINT: endpoint } = config;
  if (endpoint && STAGE !== "local")
    throw new Error("PAYMENT_ENDPOINT is set: only the stage local may have a stand-in");
  return {
    key: config.PAYMENT_KEY,
    webhookSecret: config.PAYMENT_WEBHOOK_SECRET,
    ...(endpoint && { endpoint }),
  };
}
