import { loadConfig } from "../../core/config.ts";
import { endpoint } from "../compose/endpoint.ts";
import { openPaymentFor } from "../compose/open-payment.ts";
import { atProvider, paymentVariables } from "../compose/payments.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig([...paymentVariables, "SITE_URL", "SESSION_SECRET"]);

export const handler = endpoint("openPayment", async ({ event, body, session }) => {
  const orderId = readPathId(event, "orderId");
  const asked = { event, orderId, buyerId: session.buyerId, locale: body.locale, backTo: "page" } as const;
  const opened = await atProvider(config, (deps) => openPaymentFor(deps, config, asked));
  if (opened.kind === "refused") return opened.refusal;
  return { status: 200, body: { order: opened.order, url: opened.url } };
});
