import { systemClock } from "../../core/clock.ts";
import { loadConfig } from "../../core/config.ts";
import { isAllowed } from "../../core/identity/session.ts";
import { cancelOrder } from "../../core/wishes/wish-by-staff.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { answerWish, staffDependencies, wishVariables } from "../compose/wishes.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig([...wishVariables, "SESSION_SECRET"]);

export const handler = endpoint(
  "cancelOrder",
  async ({ event, body, session, idempotencyKey, requestId }) => {
    if (body.isWithheld && !isAllowed(session.role, "admin"))
      return refuse("forbidden", { detail: "Only an admin takes units off sale" });
    const saleId = readPathId(event, "saleId");
    const orderId = readPathId(event, "orderId");
    const actor = { buyerId: session.buyerId, role: session.role, requestId };
    const request = { ...body, saleId, orderId, actor, idempotencyKey, nowMs: systemClock.nowMs() };
    return answerWish(await cancelOrder(await staffDependencies(config), request), orderId);
  },
);
