import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Problem } from "../../core/contract/problem.ts";
import type { Answer } from "./answer.ts";

/** An answer in API Gateway's form; never to be kept unless it says so. */
export function respond(answer: Answer, requestId: string): APIGatewayProxyStructuredResultV2 {
  const body = answer.problem ? problemText(answer.problem, requestId) : answer.body;
  const isBytes = body instanceof Uint8Array;
  return {
    statusCode: answer.status,
    headers: {
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-request-id": requestId,
      ...(body !== undefined && {
        "content-type": answer.problem ? "application/problem+json" : "application/json",
      }),
      ...answer.headers,
    },
    ...(answer.cookies && { cookies: [...answer.cookies] }),
    ...(body !== undefined && { body: isBytes ? Buffer.from(body).toString("base64") : textOf(body) }),
    ...(isBytes && { isBase64Encoded: true }),
  };
}

/** Each problem's text up to the request's id: those that say nothing but their kind are the same object each time. */
const beginnings = new WeakMap<Problem, string>();

function problemText(problem: Problem, requestId: string): string {
  let beginning = beginnings.get(problem);
  if (beginning === undefined) {
    beginning = JSON.stringify(problem).slice(0, -1);
    beginnings.set(problem, beginning);
  }
  return `${beginning},"requestId":${JSON.stringify(requestId)}}`;
}

const textOf = (body: unknown) => (typeof body === "string" ? body : JSON.stringify(body));
