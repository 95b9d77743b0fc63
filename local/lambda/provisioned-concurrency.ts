import type { IncomingMessage, ServerResponse } from "node:http";
import { type Body, bodyOf } from "../api-gateway/read-body.ts";
import { type HttpServer, serveHttp } from "../http-server.ts";

const INVOCATIONS = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
const PATH = /^\/2019-09-30\/functions\/([^/]+)\/provisioned-concurrency$/;
const BODY_LIMIT_BYTES = 1024;

export type ProvisionedConcurrency = HttpServer & {
  /** Each change that was asked for, oldest first: `Purchase:live 13`, and 0 for a release. */
  readonly changes: readonly string[];
  /** Who runs the purchase function when it is called without waiting for its answer; until then, nobody. */
  invokeWith(run: (event: unknown) => Promise<unknown>): void;
};

const ignore = (_event: unknown): Promise<unknown> => Promise.resolve();

/**
 * Stands in for the calls to Lambda that keep environments of an alias warm, and that touch them. It only notes how many
 * are wanted: the local runners start a function when it is first called. Unlike AWS, which takes a minute or more, it has
 * them at once.
 */
export async function startProvisionedConcurrency(): Promise<ProvisionedConcurrency> {
  let run = ignore;
  const requestedOf = new Map<string, number>();
  const changes: string[] = [];

  function change(target: string, count: number): void {
    changes.push(`${target} ${count}`);
    if (count === 0) requestedOf.delete(target);
    else requestedOf.set(target, count);
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://lambda");
    if (INVOCATIONS.test(url.pathname) && request.method === "POST") {
      const event = JSON.parse(String(await bodyOf(request, BODY_LIMIT_BYTES))) as unknown;
      response.writeHead(202).end();
      return void (await run(event));
    }
    const target = `${PATH.exec(url.pathname)?.[1]}:${url.searchParams.get("Qualifier")}`;
    if (!PATH.test(url.pathname)) return refuse(response, 404, "UnknownOperationException");
    if (request.method === "PUT") {
      const count = countIn(await bodyOf(request, BODY_LIMIT_BYTES));
      if (count === null) return refuse(response, 400, "InvalidParameterValueException");
      change(target, count);
      return answer(response, 202, { ...concurrency(count, 0), Status: "IN_PROGRESS" });
    }
    const requested = requestedOf.get(target);
    if (requested === undefined)
      return refuse(response, 404, "ProvisionedConcurrencyConfigNotFoundException");
    if (request.method === "GET")
      return answer(response, 200, { ...concurrency(requested, requested), Status: "READY" });
    if (request.method !== "DELETE") return refuse(response, 404, "UnknownOperationException");
    change(target, 0);
    response.writeHead(204).end();
  }

  const server = await serveHttp("stand-in of Lambda", 0, (request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  return { ...server, changes, invokeWith: (next) => void (run = next) };
}

const concurrency = (requested: number, available: number) => ({
  RequestedProvisionedConcurrentExecutions: requested,
  AvailableProvisionedConcurrentExecutions: available,
  AllocatedProvisionedConcurrentExecutions: available,
});

/** The whole positive number that a request asks for; null: it asks for none. */
function countIn(body: Body): number | null {
  try {
    const { ProvisionedConcurrentExecutions: count } = JSON.parse(String(body)) as Record<string, unknown>;
    return Number.isInteger(count) && Number(count) > 0 ? Number(count) : null;
  } catch {
    return null;
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

function refuse(response: ServerResponse, status: number, type: string): void {
  const headers = { "content-type": "application/json", "x-amzn-errortype": type };
  response.writeHead(status, headers).end(JSON.stringify({ Message: type }));
}
