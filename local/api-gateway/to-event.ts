import type { IncomingMessage } from "node:http";
import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { newTraceId } from "../trace-header.ts";

/** What API Gateway hands over as text; any other body arrives in base64, forms included. */
const TEXT_TYPE = /^(text\/|application\/(json|javascript|xml)\b)/i;

export type MatchedRequest = {
  readonly path: string;
  readonly rawQueryString: string;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
  readonly body: Buffer | undefined;
};

type Event = { -readonly [Name in keyof APIGatewayProxyEventV2]: APIGatewayProxyEventV2[Name] };

/**
 * Makes an HTTP API event, payload format 2.0, of a request.
 *
 * @param originSecret not empty: the CDN's, whose headers are added too. Clients say their address themselves, by
 * `x-viewer-address`, which the CDN writes for them where it is deployed.
 */
export function toEvent(
  request: IncomingMessage,
  matched: MatchedRequest,
  originSecret: string,
): APIGatewayProxyEventV2 {
  const sourceIp = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  const { headers, cookies } = splitHeaders(request.rawHeaders);
  const before = headers["x-forwarded-for"];
  headers["x-forwarded-for"] = before ? `${before}, ${sourceIp}` : sourceIp;
  headers["x-forwarded-proto"] ??= "http";
  if (originSecret !== "") {
    headers["x-origin-secret"] = originSecret;
    headers["x-viewer-address"] ??= sourceIp;
  }
  headers["x-amzn-trace-id"] = traceHeader(headers["x-amzn-trace-id"]);
  const nowMs = Date.now();
  const { path, rawQueryString, routeKey, pathParameters, body } = matched;
  // What is absent is left out, as API Gateway does. Set one by one: spreads cost more than all else in here.
  const event: Event = {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString,
    headers,
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: headers["host"] ?? "",
      domainPrefix: "local",
      http: {
        method: request.method ?? "",
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey,
      stage: "$default",
      time: clfTime(nowMs),
      timeEpoch: nowMs,
    },
    isBase64Encoded: false,
  };
  if (cookies.length > 0) event.cookies = cookies;
  if (rawQueryString !== "") event.queryStringParameters = queryParameters(rawQueryString);
  if (pathParameters) event.pathParameters = pathParameters;
  if (body) {
    event.isBase64Encoded = !TEXT_TYPE.test(headers["content-type"] ?? "");
    event.body = body.toString(event.isBase64Encoded ? "base64" : "utf8");
  }
  return event;
}

/** A trace of its own, or what the caller sent with that as its own part, as Amazon's load balancers do. */
function traceHeader(header: string | undefined): string {
  const fresh = newTraceId();
  return header === undefined ? `Root=${fresh}` : `Self=${fresh};${header}`;
}

/** Lower-case names; repeated headers joined with commas; cookies apart, one entry each. */
function splitHeaders(raw: readonly string[]) {
  const headers: Record<string, string> = {};
  const cookies: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index]?.toLowerCase() ?? "";
    const value = raw[index + 1] ?? "";
    if (name === "cookie") cookies.push(...value.split(";").map((cookie) => cookie.trim()));
    else headers[name] = headers[name] === undefined ? value : `${headers[name]},${value}`;
  }
  return { headers, cookies };
}

function queryParameters(rawQueryString: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString))
    parameters[name] = parameters[name] === undefined ? value : `${parameters[name]},${value}`;
  return parameters;
}

let lastSecond = 0;
let lastTime = "";

/** Apache's log format, as in `12/Mar/2026:19:03:58 +0000`; remembered for a second, since it costs more than the rest. */
function clfTime(nowMs: number): string {
  const second = Math.floor(nowMs / 1000);
  if (second !== lastSecond) {
    const [, day, month, year, time] = new Date(nowMs).toUTCString().split(" ");
    lastSecond = second;
    lastTime = `${day}/${month}/${year}:${time} +0000`;
  }
  return lastTime;
}
