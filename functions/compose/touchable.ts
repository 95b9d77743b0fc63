import { setTimeout as sleep } from "node:timers/promises";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { purchaseGateClient } from "../../core/clients/purchase-gate.ts";
import { loadConfig } from "../../core/config.ts";
import { log } from "../../core/log.ts";
import { isTouch, type Touch, TOUCH_HOLD_MS } from "../../core/preflight/touch.ts";

type Handler<Event> = (event: Event) => Promise<APIGatewayProxyStructuredResultV2>;

/** A handler that can also be told to see to its environment's connection to a sale's gate. No request from outside can. */
export const touchable =
  (handler: Handler<APIGatewayProxyEventV2>): Handler<APIGatewayProxyEventV2 | Touch> =>
  (event) =>
    isTouch(event) ? touch(event) : handler(event);

async function touch({ touch: saleId }: Touch): Promise<APIGatewayProxyStructuredResultV2> {
  const gate = purchaseGateClient(loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA"]));
  const touched = gate
    .touch(saleId)
    .catch((error: unknown) => log.warn("an environment was touched in vain", { saleId, error }));
  await Promise.all([touched, sleep(TOUCH_HOLD_MS)]);
  return { statusCode: 204 };
}
