import { loadConfig } from "../../core/config.ts";
import { plainPath } from "../../web/texts/locale.ts";
import { formEndpoint } from "../compose/form.ts";
import { openPaymentFor } from "../compose/open-payment.ts";
import { page, refusalPage, seeOther } from "../compose/page.ts";
import { atProvider, paymentVariables } from "../compose/payments.ts";
import { readSession } from "../request/read-session.ts";
import { goOnPage } from "./views/plain/go-on.ts";
import { emailPage } from "./views/plain/sign-in.ts";

const config = loadConfig([...paymentVariables, "SITE_URL", "SESSION_SECRET"]);

/** By a page, not by a redirect: a form of ours may lead to our own pages alone (Content-Security-Policy, form-action). */
export const handler = formEndpoint("plainPayment", async ({ event, words, form: { orderId } }) => {
  const { locale } = words;
  const back = plainPath(locale, `/order/${orderId}`);
  const session = await readSession(event);
  if (!session) return page(emailPage(words, { next: back }), 401);
  const asked = { event, orderId, buyerId: session.buyerId, locale, backTo: "plain" } as const;
  const opened = await atProvider(config, (deps) => openPaymentFor(deps, config, asked));
  if (opened.kind === "refused") return refusalPage(words, opened.refusal);
  return opened.url === null ? seeOther(back) : page(goOnPage(words, { to: opened.url, isToPay: true }));
});
