import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { settlePayments } from "../../core/payment/settle-payments.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { atProvider, paymentVariables } from "../compose/payments.ts";

const config = loadConfig(paymentVariables);

/** The signature is over the body as it came, so nothing parses it before. A message is a hint, and may come at any time. */
export const handler = endpoint("paymentWebhook", async ({ event }) => {
  const raw = event.body ?? "";
  const body = event.isBase64Encoded ? Buffer.from(raw, "base64").toString() : raw;
  const signature = event.headers["stripe-signature"] ?? "";
  return atProvider(config, async (deps) => {
    const read = deps.provider.readWebhook(body, signature, systemClock.nowMs());
    if (read.kind === "forged") return refuse("forbidden");
    if (read.kind === "hint") await settlePayments(deps, read.hint);
    return { status: 204 };
  });
});
