import { mailsAloneClient } from "../../core/clients/order-mails.ts";
import { orderQueueClient } from "../../core/clients/queues.ts";
import { openWishesClient } from "../../core/clients/wishes.ts";
import { loadConfig } from "../../core/config.ts";
import { publishMetrics } from "../../core/metrics.ts";
import { completePayments } from "../../core/payment/complete-payments.ts";
import { schedules } from "../../core/topology.ts";
import { carryOnWishes } from "../../core/wishes/carry-on-wishes.ts";
import { paymentDependencies, paymentVariables } from "../compose/payments.ts";

const config = loadConfig([...paymentVariables, "MAIL_QUEUE_URL"]);
/** Calls that are under way when a run is over still end in time. */
const LAST_CALLS_MS = 20_000;
/** What wishes may take of a run. */
const WISHES_MS = 8_000;

/**
 * Each minute: goes on with wishes that nobody has decided on, and takes up whatever stands between two steps at the payment
 * provider. Answers how many orders are open still.
 */
export async function handler(): Promise<number> {
  const [deps, openWishes, queue, mails] = await Promise.all([
    paymentDependencies(config),
    openWishesClient(config),
    orderQueueClient(config),
    mailsAloneClient(config),
  ]);
  try {
    // No wish waits for a provider that is out of reach, and no payment for thousands of wishes.
    await carryOnWishes({ ...deps, openWishes, queue }, WISHES_MS);
    const leftMs = schedules.payments.timeLimitSeconds * 1000 - LAST_CALLS_MS - WISHES_MS;
    return await completePayments({ ...deps, mails }, leftMs);
  } finally {
    publishMetrics();
  }
}
