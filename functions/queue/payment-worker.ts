import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { loadConfig } from "../../core/config.ts";
import { publishMetrics } from "../../core/metrics.ts";
import { ProviderSilent } from "../../core/payment/ask-provider.ts";
import { doTask } from "../../core/payment/do-task.ts";
import { parsePaymentTask } from "../../core/reservation/payment-task.ts";
import { paymentDependencies, paymentVariables } from "../compose/payments.ts";

const config = loadConfig(paymentVariables);

/** Does what messages ask for at the payment provider; those that it could not do come again. */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const deps = await paymentDependencies(config);
  const failed: string[] = [];
  async function attempt({ messageId, body }: SQSRecord): Promise<void> {
    try {
      await doTask(deps, parsePaymentTask(body));
    } catch (error) {
      if (error instanceof ProviderSilent) deps.measure("PaymentProviderSilent", 1);
      deps.warn("a task for the payment provider could not be done", { messageId, error });
      failed.push(messageId);
    }
  }
  await Promise.all(event.Records.map(attempt));
  publishMetrics();
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
