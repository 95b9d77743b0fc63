import { Agent, type ClientRequest, request as requestHttp } from "node:http";
import { Agent as TlsAgent, request as requestHttps } from "node:https";
import { CONNECT_LIMIT_MS, SOCKETS } from "./limits.ts";

export type Answered = { readonly status: number; readonly date: string | undefined; readonly text: string };
export type PostLimits = { readonly limitMs: number; readonly signal?: AbortSignal | undefined };

const late = (what: string) => Object.assign(new Error(what), { name: "TimeoutError" });

/**
 * Posts to one host, over connections that are kept.
 *
 * @throws Error named TimeoutError when the connection or the answer did not come in time, or what the socket threw: what
 * was sent may have been carried out.
 */
export function createPost(endpoint: URL) {
  const isTls = endpoint.protocol === "https:";
  const kept = { keepAlive: true, maxSockets: SOCKETS } as const;
  const agent = isTls ? new TlsAgent(kept) : new Agent(kept);
  const open = isTls ? requestHttps : requestHttp;
  // A path is that of a stand-in or proxy: what is signed is the call to "/" that AWS gets from it.
  const { hostname: host, port, pathname: path } = endpoint;
  const options = { agent, host, port, path, method: "POST" };

  async function post(
    headers: Record<string, string>,
    body: string,
    { limitMs, signal }: PostLimits,
  ): Promise<Answered> {
    const length = String(Buffer.byteLength(body));
    const request = open({
      ...options,
      headers: { ...headers, "content-length": length },
      ...(signal && { signal }),
    });
    const timer = setTimeout(() => request.destroy(late(`AWS gave no answer within ${limitMs} ms`)), limitMs);
    try {
      return await answerTo(request, body);
    } finally {
      clearTimeout(timer);
    }
  }

  return { host: endpoint.host, post, close: () => agent.destroy() };
}

/** A connection that is not up in time is given up; one that is kept is up already. */
function limitConnecting(request: ClientRequest): void {
  request.on("socket", (socket) => {
    if (!socket.connecting) return;
    const timer = setTimeout(
      () => request.destroy(late(`AWS was not connected within ${CONNECT_LIMIT_MS} ms`)),
      CONNECT_LIMIT_MS,
    );
    socket.once("connect", () => clearTimeout(timer));
    socket.once("close", () => clearTimeout(timer));
  });
}

function answerTo(request: ClientRequest, body: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    request.on("error", reject);
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, date: response.headers.date, text });
      });
      response.on("error", reject);
    });
    limitConnecting(request);
    request.end(body);
  });
}
