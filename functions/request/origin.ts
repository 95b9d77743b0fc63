import { timingSafeEqual } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { refuse } from "../answer/answer.ts";
import { Refused } from "./request.ts";

/**
 * Where a request came from. The CDN adds a secret, without which the request came around its firewall, and the viewer's
 * address, which API Gateway can't see. Where there is no CDN there is no secret, and API Gateway's word counts.
 *
 * @throws Refused a request that did not come through the CDN.
 */
export function readSource(event: APIGatewayProxyEventV2, originSecret: string): string {
  const seen = event.requestContext.http.sourceIp;
  if (originSecret === "") return seen;
  const sent = Buffer.from(event.headers["x-origin-secret"] ?? "");
  const secret = Buffer.from(originSecret);
  if (sent.length !== secret.length || !timingSafeEqual(sent, secret)) throw new Refused(refuse("forbidden"));
  return event.headers["x-viewer-address"] ?? seen;
}
