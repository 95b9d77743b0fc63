import type { IncomingMessage, ServerResponse } from "node:http";
import { type HttpServer, serveHttp } from "../http-server.ts";
import { FunctionTimedOut, type FunctionSpec, type Runner } from "../runner/runner.ts";
import { answersTogether } from "./answers.ts";
import { Bound, type Concurrency, DEFAULT_CONCURRENCY } from "./concurrency.ts";
import { matchRoute } from "./match-route.ts";
import { type Body, readBody } from "./read-body.ts";
import { sendAnswer, sendBusy, sendMessage } from "./send-answer.ts";
import { type MatchedRequest, toEvent } from "./to-event.ts";

const BODY_LIMIT_BYTES = 10 * 1024 * 1024;
const HEADERS_LIMIT_BYTES = 10_240;
const PEER_CHECK_MS = 60_000;
/** Well before the CDN and our own clients give up, after 15 s. */
const LINE_PATIENCE_MS = 10_000;

export type ApiGatewayOptions = {
  /** 0 takes a free one. */
  readonly port: number;
  /** The address to listen on; default loopback. */
  readonly host?: string | undefined;
  readonly runner: Runner;
  /** Functions by route key, such as `GET /api/sale/status/{saleId}`. */
  readonly routes: ReadonlyMap<string, FunctionSpec>;
  /** Of each function; default DEFAULT_CONCURRENCY. */
  readonly concurrency?: Concurrency | undefined;
  /** Of a cloud in which clients say what address they have; default none. */
  readonly originSecret?: string | undefined;
  /** Who has waited in line for longer is told to come again; default ten seconds. */
  readonly linePatienceMs?: number;
  /** Hears of every function that failed or ran out of time. */
  readonly onFunctionError: (error: unknown) => void;
};

type BoundFunction = { readonly spec: FunctionSpec; readonly bound: Bound };

/** Serves functions over HTTP as an API Gateway HTTP API does, with its events, answers and limits. */
export function startApiGateway(options: ApiGatewayOptions): Promise<HttpServer> {
  const {
    runner,
    onFunctionError,
    concurrency = DEFAULT_CONCURRENCY,
    linePatienceMs = LINE_PATIENCE_MS,
    originSecret = "",
  } = options;
  const later = answersTogether();
  const match = matchRoute(boundFunctions(options.routes, concurrency));

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const [path = "", rawQueryString = ""] = splitOnce(request.url ?? "", "?");
    const matched = match(request.method ?? "", path);
    if (!matched) return sendMessage(response, 404, "Not Found");
    const { target, routeKey, pathParameters } = matched;
    const call = (body: Body) => {
      if (body === "gone") return;
      if (body === "too_large") {
        response.setHeader("connection", "close");
        return sendMessage(response, 413, "Request Entity Too Large");
      }
      run(target, request, response, { path, rawQueryString, routeKey, pathParameters, body });
    };
    const hasBody = request.headers["content-length"] !== undefined || "transfer-encoding" in request.headers;
    if (hasBody) readBody(request, BODY_LIMIT_BYTES, call);
    else call(undefined);
  }

  function run(
    { spec, bound }: BoundFunction,
    request: IncomingMessage,
    response: ServerResponse,
    matched: MatchedRequest,
  ): void {
    const enteredAtMs = performance.now();
    const isTaken = bound.enter(() => {
      // Nothing of it has begun. Nobody waits for it any more, or will not for as long as it takes.
      const isGone = request.socket.destroyed;
      if (isGone || performance.now() - enteredAtMs > linePatienceMs) {
        if (!isGone) later(() => sendBusy(response));
        return bound.leave();
      }
      runner.invoke(spec, toEvent(request, matched, originSecret)).then(
        (answer) => {
          bound.leave();
          later(() => succeed(response, answer));
        },
        (error: unknown) => {
          bound.leave();
          fail(response, error);
        },
      );
    });
    if (!isTaken) later(() => sendBusy(response));
  }

  function succeed(response: ServerResponse, answer: unknown): void {
    try {
      sendAnswer(response, answer);
    } catch (error) {
      fail(response, error);
    }
  }

  function fail(response: ServerResponse, error: unknown): void {
    onFunctionError(error);
    if (response.headersSent) response.destroy();
    else if (error instanceof FunctionTimedOut) sendMessage(response, 503, "Service Unavailable");
    else sendMessage(response, 500, "Internal Server Error");
  }

  return serveHttp("API", options.port, serve, {
    maxHeaderSize: HEADERS_LIMIT_BYTES,
    // An idle connection is its client's to close. A limit here would set and clear a timer for each answer; the system asks
    // instead whether the other side still lives.
    keepAliveTimeout: 0,
    keepAlive: true,
    keepAliveInitialDelay: PEER_CHECK_MS,
    host: options.host,
  });
}

/** Each route's function with its own bound. */
const boundFunctions = (routes: ReadonlyMap<string, FunctionSpec>, concurrency: Concurrency) =>
  new Map(
    [...routes].map(([routeKey, spec]): [string, BoundFunction] => [
      routeKey,
      { spec, bound: new Bound(concurrency) },
    ]),
  );

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
