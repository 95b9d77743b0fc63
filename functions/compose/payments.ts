import { ledgerClients } from "../../core/clients/ledger.ts";
import { paymentClients } from "../../core/clients/payments.ts";
import { orderQueueClient } from "../../core/clients/queues.ts";
import { systemClock } from "../../core/clock.ts";
import type { Config } from "../../core/config.ts";
import { warn } from "../../core/log.ts";
import { measure, publishMetrics } from "../../core/metrics.ts";
import { hearProvider } from "../../core/payment/hear-provider.ts";
import type { PaymentDependencies } from "../../core/payment/payment-dependencies.ts";

/** What a function that speaks to the payment provider reads. It runs outside the network, and reaches ledger and queues alone. */
export const paymentVariables = [
  "LEDGER_TABLE",
  "DYNAMODB_ENDPOINT",
  "ORDER_QUEUE_URL",
  "SQS_ENDPOINT",
  "PAYMENT_KEY",
  "PAYMENT_WEBHOOK_SECRET",
  "PAYMENT_ENDPOINT",
] as const;

export async function paymentDependencies(
  config: Config<(typeof paymentVariables)[number]>,
): Promise<PaymentDependencies> {
  const [{ ledger, saleRecords }, orders, { provider, open }] = await Promise.all([
    ledgerClients(config),
    orderQueueClient(config),
    paymentClients(config),
  ]);
  return { ledger, saleRecords, orders, provider, open, clock: systemClock, warn, measure };
}

/** Does what speaks to the payment provider in a route. */
export const atProvider = <T>(
  config: Config<(typeof paymentVariables)[number]>,
  doing: (deps: PaymentDependencies) => Promise<T>,
): Promise<T> =>
  hearProvider({ measure, publish: publishMetrics }, async () => doing(await paymentDependencies(config)));
