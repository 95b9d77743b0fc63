import { loadConfig } from "../../core/config.ts";
import { shownOrder } from "../../core/look-up/shown-order.ts";
import { endHold } from "../../core/payment/end-hold.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { atProvider, paymentVariables } from "../compose/payments.ts";
import { readPathId } from "../request/path-id.ts";

const config = loadConfig([...paymentVariables, "SESSION_SECRET"]);

export const handler = endpoint("cancelHold", async ({ event, session: { buyerId } }) => {
  const orderId = readPathId(event, "orderId");
  const order = await atProvider(config, async (deps) => {
    const entry = await endHold(deps, { orderId, buyerId }, { kind: "cancel", actorId: buyerId });
    return entry && shownOrder(deps, entry);
  });
  if (!order) return refuse("not_found", { detail: "You have no such order" });
  return order.state === "pending"
    ? refuse("outcome_unknown", { retryAfterSeconds: 2 })
    : { status: 200, body: { order } };
});
