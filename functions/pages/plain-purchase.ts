import type { PurchaseOutcome } from "../../core/purchase/purchase-outcome.ts";
import { log } from "../../core/log.ts";
import { plainPath } from "../../web/texts/locale.ts";
import { answerRefusal, refuse } from "../answer/answer.ts";
import { buy } from "../compose/buy.ts";
import { formEndpoint } from "../compose/form.ts";
import { refusalOf, refusalPage, seeOther } from "../compose/page.ts";
import { readSession } from "../request/read-session.ts";
import { readTraceId } from "../request/trace.ts";

/** An order leads to its page, which survives a reload; anything else is said under the API's own status, with its wait. */
export const handler = formEndpoint("plainPurchase", async ({ event, words, form, requestId }) => {
  const { saleId, quantity, key } = form;
  const session = await readSession(event);
  if (!session) return refusalPage(words, refuse("unauthenticated"), { attempt: form });
  const traceId = readTraceId(event);
  let outcome: PurchaseOutcome;
  try {
    outcome = await buy({
      saleId,
      quantity,
      buyerId: session.buyerId,
      idempotencyKey: key,
      ticket: form.ticket ?? null,
      invitation: form.invitation ?? null,
      requestId,
      traceId,
    });
  } catch (error) {
    log.error("a purchase failed", { saleId, requestId, traceId, error });
    return refusalPage(words, refusalOf(error), { attempt: form });
  }
  if ("order" in outcome) {
    const query = outcome.kind === "already_bought" ? "?told=already_bought" : "";
    return seeOther(plainPath(words.locale, `/order/${outcome.order.orderId}${query}`));
  }
  return refusalPage(words, answerRefusal(outcome), {
    attempt: form,
    mostUnits: outcome.kind === "over_limit" ? outcome.purchaseLimit : undefined,
  });
});
