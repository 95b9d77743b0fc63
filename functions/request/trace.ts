import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { invocationTrace } from "../../core/config.ts";
import { traceIdOf } from "../../core/trace.ts";

/**
 * The trace of a request: Lambda's word, which is what X-Ray keeps; an HTTP API's header bears another root (see
 * docs/decisions/0016). The header counts where Lambda says nothing: on the local cloud, which runs several requests in
 * one process.
 */
export const readTraceId = (event: APIGatewayProxyEventV2): string | null =>
  traceIdOf(invocationTrace()) ?? traceIdOf(event.headers["x-amzn-trace-id"]);
