import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { SaleId } from "../../core/ids.ts";
import { localSession } from "../local-session.ts";

/** A purchase as API Gateway hands it to the function, by a buyer of its own. */
export function purchaseEvent(saleId: SaleId, quantity = 1): APIGatewayProxyEventV2 {
  const routeKey = "POST /api/sale/purchase";
  const path = "/api/sale/purchase";
  const nowMs = Date.now();
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: "",
    headers: {
      authorization: `Bearer ${localSession().token}`,
      "idempotency-key": randomUUID(),
      "content-type": "application/json",
      host: "127.0.0.1",
      "user-agent": "bench",
    },
    requestContext: {
      accountId: "000000000000",
      apiId: "bench",
      domainName: "127.0.0.1",
      domainPrefix: "bench",
      http: { method: "POST", path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "bench" },
      requestId: randomUUID(),
      routeKey,
      stage: "$default",
      time: new Date(nowMs).toUTCString(),
      timeEpoch: nowMs,
    },
    body: JSON.stringify({ saleId, quantity }),
    isBase64Encoded: false,
  };
}
