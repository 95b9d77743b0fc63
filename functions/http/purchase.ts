import { answerPurchase } from "../answer/answer.ts";
import { buy } from "../compose/buy.ts";
import { endpoint } from "../compose/endpoint.ts";
import { touchable } from "../compose/touchable.ts";
import { readTraceId } from "../request/trace.ts";

const purchase = endpoint("purchase", async ({ event, body, session, idempotencyKey, requestId }) => {
  const { buyerId } = session;
  return answerPurchase(
    await buy({
      ...body,
      ticket: body.ticket ?? null,
      buyerId,
      idempotencyKey,
      requestId,
      traceId: readTraceId(event),
    }),
  );
});

export const handler = touchable(purchase);
