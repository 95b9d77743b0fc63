import type { PaymentFault } from "../payment/payment-fault.ts";
import { paymentCrashes } from "./payment-crashes.ts";
import { paymentOutages } from "./payment-outages.ts";
import { paymentRaces } from "./payment-races.ts";
import { paymentReturns } from "./payment-returns.ts";
import { paymentRefunds } from "./payment-refunds.ts";
import { paymentWebhooks } from "./payment-webhooks.ts";

/** Every fault of payments. */
export const paymentCatalogue: readonly PaymentFault[] = [
  ...paymentRaces,
  ...paymentWebhooks,
  ...paymentOutages,
  ...paymentCrashes,
  ...paymentReturns,
  ...paymentRefunds,
];
