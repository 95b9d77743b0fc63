import { purchaseRoute } from "../../core/contract/purchase-route.ts";
import { answerPurchase } from "../answer/answer.ts";
import { buy } from "../compose/buy.ts";
import { routeEndpoint } from "../compose/route-endpoint.ts";
import { touchable } from "../compose/touchable.ts";
import { readTraceId } from "../request/trace.ts";

const purchase = routeEndpoint(purchaseRoute, async ({ event, body, session, idempotencyKey, requestId }) => {
  const { buyerId } = session;
  return answerPurchase(
    await buy({
      ...body,
      ticket: body.ticket ?? null,
      invitation: body.invitation ?? null,
      buyerId,
      idempotencyKey,
      requestId,
      // Read by the gate and the log alone, which most of a flood does not come to.
      get traceId() {
        return readTraceId(event);
      },
    }),
  );
});

export const handler = touchable(purchase);
