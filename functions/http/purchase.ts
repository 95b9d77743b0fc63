import { answerPurchase } from "../answer.ts";
import { buy } from "../buy.ts";
import { endpoint } from "../endpoint.ts";
import { readTraceId } from "../trace.ts";

export const handler = endpoint("purchase", async ({ event, body, session, idempotencyKey, requestId }) => {
  const { buyerId } = session;
  return answerPurchase(
    await buy({ ...body, buyerId, idempotencyKey, requestId, traceId: readTraceId(event) }),
  );
});
