import * as v from "valibot";
import { loadConfig } from "../../core/config.ts";
import { buyerId } from "../../core/contract/ids.ts";
import { log } from "../../core/log.ts";
import { lookOnReturn } from "../../core/payment/look-on-return.ts";
import { orderPath, plainPath } from "../../web/texts/locale.ts";
import { page, pageEndpoint } from "../compose/page.ts";
import { atProvider, paymentVariables } from "../compose/payments.ts";
import { readPathId } from "../request/path-id.ts";
import { goOnPage } from "./views/plain/go-on.ts";

const config = loadConfig(paymentVariables);

/**
 * The provider's page leads here, from another site: browsers send no session then, so this is a page which goes on to the
 * order by itself. On the way it looks at the payment; if that fails, the provider's own message or the completer will.
 */
export const handler = pageEndpoint("plainReturn", async ({ event, words, requestId }) => {
  const orderId = readPathId(event, "orderId");
  const asked = event.queryStringParameters ?? {};
  const buyer = v.safeParse(buyerId, asked["buyer"]);
  if (buyer.success) {
    try {
      const order = { orderId, buyerId: buyer.output };
      await atProvider(config, (deps) => lookOnReturn(deps, order));
    } catch (error) {
      log.warn("a payment was not looked at when its buyer came back", { orderId, requestId, error });
    }
  }
  const { locale } = words;
  const to = asked["to"] === "plain" ? plainPath(locale, `/order/${orderId}`) : orderPath(locale, orderId);
  return page(goOnPage(words, { to, isToPay: false }));
});
