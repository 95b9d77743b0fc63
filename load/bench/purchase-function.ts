import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Redis } from "ioredis";
import { gateConnection } from "../../core/clients/purchase-gate.ts";
import { loadConfig } from "../../core/config.ts";

export type PurchaseFunction = {
  readonly handler: (event: APIGatewayProxyEventV2) => Promise<APIGatewayProxyStructuredResultV2>;
  /** The connection that it asks the gate through. */
  readonly redis: Redis;
};

/** The purchase function in this process; its environment must be set, as a cloud in this process does. */
export async function purchaseFunction(): Promise<PurchaseFunction> {
  const { handler } = await import("../../functions/http/purchase.ts");
  return { handler, redis: gateConnection(loadConfig(["REDIS_URL", "REDIS_CLUSTER", "REDIS_CA"])) };
}
