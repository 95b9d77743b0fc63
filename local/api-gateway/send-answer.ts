import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { type Problem, problems, problemType } from "../../core/contract/problem.ts";

const JSON_TYPE = { "content-type": "application/json" };

/** Answers as API Gateway itself does when no function's answer can be used. */
export function sendMessage(response: ServerResponse, status: number, message: string): void {
  const body = JSON.stringify({ message });
  response.writeHead(status, { ...JSON_TYPE, "content-length": body.length }).end(body);
}

const BUSY_RETRY_SECONDS = 1;
const busy = JSON.stringify({
  type: problemType("unavailable"),
  kind: "unavailable",
  ...problems.unavailable,
  retryAfterSeconds: BUSY_RETRY_SECONDS,
} satisfies Problem);
const busyHeaders = {
  "content-type": "application/problem+json",
  "content-length": Buffer.byteLength(busy),
  "cache-control": "no-store",
  "retry-after": String(BUSY_RETRY_SECONDS),
};

/** Answers whom the line has no place for: nothing of the request has begun, so the same request may be sent again. */
export function sendBusy(response: ServerResponse): void {
  response.writeHead(problems.unavailable.status, busyHeaders).end(busy);
}

/** Sends a function's answer, payload format 2.0: one with a status code, or any other value as JSON with 200. */
export function sendAnswer(response: ServerResponse, answer: unknown): void {
  if (!isStructured(answer)) {
    response
      .writeHead(200, JSON_TYPE)
      .end(typeof answer === "string" ? answer : JSON.stringify(answer ?? null));
    return;
  }
  const headers: OutgoingHttpHeaders = {};
  for (const name in answer.headers) headers[name.toLowerCase()] = String(answer.headers[name]);
  if (answer.cookies?.length) headers["set-cookie"] = answer.cookies;
  const body = answer.body ?? "";
  const bytes = answer.isBase64Encoded ? Buffer.from(body, "base64") : body;
  const status = answer.statusCode ?? 200;
  if (body !== "") headers["content-type"] ??= "text/plain;charset=UTF-8";
  if (status !== 204) headers["content-length"] = Buffer.byteLength(bytes);
  // Head and text leave in one write.
  response.writeHead(status, headers).end(bytes);
}

function isStructured(answer: unknown): answer is APIGatewayProxyStructuredResultV2 {
  return typeof answer === "object" && answer !== null && "statusCode" in answer;
}
