import { loadConfig } from "../../core/config.ts";
import { shownOrder } from "../../core/look-up/shown-order.ts";
import { endHold } from "../../core/payment/end-hold.ts";
import { refuse } from "../answer/answer.ts";
import { endpoint } from "../compose/endpoint.ts";
import { paymentDependencies, paymentVariables } from "../compose/payments.ts";
import { readPathId } from "../request/request.ts";

const config = loadConfig([...paymentVariables, "SESSION_SECRET"]);

export const handler = endpoint("cancelHold", async ({ event, session: { buyerId } }) => {
  const orderId = readPathId(event, "orderId");
  const deps = await paymentDependencies(config);
  const entry = await endHold(deps, { orderId, buyerId }, { kind: "cancel", actorId: buyerId });
  if (!entry) return refuse("not_found", { detail: "You have no such order" });
  const order = await shownOrder(deps, entry);
  return order.state === "pending"
    ? refuse("outcome_unknown", { retryAfterSeconds: 2 })
    : { status: 200, body: { order } };
});
