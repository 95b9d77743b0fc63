import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { OpenPayments } from "../payment/open-payments.dynamo.ts";
import type { PaymentProvider } from "../payment/provider.ts";

type PaymentConfig = Config<
  "LEDGER_TABLE" | "DYNAMODB_ENDPOINT" | "PAYMENT_KEY" | "PAYMENT_WEBHOOK_SECRET" | "PAYMENT_ENDPOINT"
>;
type PaymentClients = { readonly provider: PaymentProvider; readonly open: OpenPayments };

/** The payment provider, and the list of payments that are not at rest. Its SDK is in no function that does not ask for it. */
export const paymentClients = (config: PaymentConfig): Promise<PaymentClients> =>
  once("payments", async () => {
    const [{ openDynamo }, { createOpenPayments }, { createStripe }, { stripeSettings }] = await Promise.all([
      import("../dynamo/connect.dynamo.ts"),
      import("../payment/open-payments.dynamo.ts"),
      import("../payment/stripe.http.ts"),
      import("../payment/stripe-settings.ts"),
    ]);
    const dynamo = openDynamo(config.DYNAMODB_ENDPOINT);
    const client = {
      provider: createStripe(stripeSettings(config)),
      open: createOpenPayments(dynamo, config.LEDGER_TABLE),
    };
    return { client, close: async () => dynamo.close() };
  });
