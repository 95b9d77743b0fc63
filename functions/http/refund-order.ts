import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { refundOrder } from "../../core/wishes/wish-by-staff.ts";
import { endpoint } from "../compose/endpoint.ts";
import { answerWish, staffDependencies, wishVariables } from "../compose/wishes.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig([...wishVariables, "SESSION_SECRET"]);

export const handler = endpoint(
  "refundOrder",
  async ({ event, body, session, idempotencyKey, requestId }) => {
    const saleId = readPathId(event, "saleId");
    const orderId = readPathId(event, "orderId");
    const actor = { buyerId: session.buyerId, role: session.role, requestId };
    const request = { ...body, saleId, orderId, actor, idempotencyKey, nowMs: systemClock.nowMs() };
    return answerWish(await refundOrder(await staffDependencies(config), request), orderId);
  },
);
