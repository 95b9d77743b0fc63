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

/** Makes an HTTP API event, payload format 2.0, of a request. */
export function toEvent(request: IncomingMessage, matched: MatchedRequest): APIGatewayProxyEventV2 {
  const sourceIp = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  const { headers, cookies } = splitHeaders(request.rawHeaders);
  headers["x-forwarded-for"] = headers["x-forwarded-for"]
    ? `${headers["x-forwarded-for"]}, ${sourceIp}`
    : sourceIp;
  headers["x-forwarded-proto"] ??= "http";
  headers["x-amzn-trace-id"] = traceHeader(headers["x-amzn-trace-id"]);
  const host = headers["host"] ?? "";
  const nowMs = Date.now();
  const { path, rawQueryString, routeKey, pathParameters, body } = matched;
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString,
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(rawQueryString !== "" && { queryStringParameters: queryParameters(rawQueryString) }),
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: host,
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
    ...(pathParameters && { pathParameters }),
    ...encodeBody(body, headers["content-type"]),
  };
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

function encodeBody(body: Buffer | undefined, contentType = "") {
  if (!body) return { isBase64Encoded: false };
  if (TEXT_TYPE.test(contentType)) return { body: body.toString("utf8"), isBase64Encoded: false };
  return { body: body.toString("base64"), isBase64Encoded: true };
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
