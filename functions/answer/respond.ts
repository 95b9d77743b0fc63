import type { APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import type { Problem } from "../../core/contract/problem.ts";
import type { Answer } from "./answer.ts";
import { problemText } from "./problem-text.ts";

/** An answer in API Gateway's form; never to be kept unless it says so. */
export function respond(answer: Answer, requestId: string): APIGatewayProxyStructuredResultV2 {
  const body = hasProblem(answer) ? problemText(answer, requestId) : answer.body;
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

const hasProblem = (answer: Answer): answer is Answer & { readonly problem: Problem } =>
  answer.problem !== undefined;

const textOf = (body: unknown) => (typeof body === "string" ? body : JSON.stringify(body));
