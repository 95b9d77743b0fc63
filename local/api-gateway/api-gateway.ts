import type { IncomingMessage, ServerResponse } from "node:http";
import { type HttpServer, serveHttp } from "../http-server.ts";
import { FunctionTimedOut, type FunctionSpec, type Runner } from "../runner/runner.ts";
import { matchRoute } from "./match-route.ts";
import { readBody } from "./read-body.ts";
import { sendAnswer, sendMessage } from "./send-answer.ts";
import { toEvent } from "./to-event.ts";

const BODY_LIMIT_BYTES = 10 * 1024 * 1024;
const HEADERS_LIMIT_BYTES = 10_240;

export type ApiGatewayOptions = {
  /** 0 takes a free one. */
  readonly port: number;
  /** The address to listen on; default loopback. */
  readonly host?: string | undefined;
  readonly runner: Runner;
  /** Functions by route key, such as `GET /api/sale/status/{saleId}`. */
  readonly routes: ReadonlyMap<string, FunctionSpec>;
  /** Hears of every function that failed or ran out of time. */
  readonly onFunctionError: (error: unknown) => void;
};

/** Serves functions over HTTP as an API Gateway HTTP API does, with its events, answers and limits. */
export function startApiGateway(options: ApiGatewayOptions): Promise<HttpServer> {
  const match = matchRoute(options.routes);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [target = "", rawQueryString = ""] = splitOnce(request.url ?? "", "?");
    const matched = match(request.method ?? "", target);
    if (!matched) return sendMessage(response, 404, "Not Found");
    const hasBody = request.headers["content-length"] !== undefined || "transfer-encoding" in request.headers;
    const body = hasBody ? await readBody(request, BODY_LIMIT_BYTES) : undefined;
    if (body === "gone") return;
    if (body === "too_large") {
      response.setHeader("connection", "close");
      return sendMessage(response, 413, "Request Entity Too Large");
    }
    const { routeKey, pathParameters } = matched;
    const event = toEvent(request, { path: target, rawQueryString, routeKey, pathParameters, body });
    try {
      sendAnswer(response, await options.runner.invoke(matched.target, event));
    } catch (error) {
      options.onFunctionError(error);
      if (response.headersSent) response.destroy();
      else if (error instanceof FunctionTimedOut) sendMessage(response, 503, "Service Unavailable");
      else sendMessage(response, 500, "Internal Server Error");
    }
  }

  return serveHttp("API", options.port, (request, response) => void serve(request, response), {
    maxHeaderSize: HEADERS_LIMIT_BYTES,
    keepAliveTimeout: 60_000,
    host: options.host,
  });
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
