import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { SaleId } from "../../core/ids.ts";
import { localSession, type SignedIn } from "../local-session.ts";

type Turn = { readonly buyer: SignedIn; readonly ticket: string };

/** A purchase as API Gateway hands it to the function, by a buyer of its own; in a sale with a line, with the ticket. */
export const purchaseEvent = (saleId: SaleId, quantity = 1, turn?: Turn): APIGatewayProxyEventV2 =>
  apiEvent("POST /api/sale/purchase", {
    token: (turn?.buyer ?? localSession()).token,
    body: { saleId, quantity, ...(turn && { ticket: turn.ticket }) },
  });

type Asked = {
  readonly token: string;
  readonly body: object;
  /** Of a path with one. */
  readonly saleId?: SaleId;
};

/** A request as API Gateway hands it to a function. */
export function apiEvent(routeKey: string, { token, body, saleId }: Asked): APIGatewayProxyEventV2 {
  const [method = "", template = ""] = routeKey.split(" ");
  const path = template.replace("{saleId}", saleId ?? "");
  const nowMs = Date.now();
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: "",
    headers: {
      authorization: `Bearer ${token}`,
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
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "bench" },
      requestId: randomUUID(),
      routeKey,
      stage: "$default",
      time: new Date(nowMs).toUTCString(),
      timeEpoch: nowMs,
    },
    ...(saleId && { pathParameters: { saleId } }),
    body: JSON.stringify(body),
    isBase64Encoded: false,
  };
}
