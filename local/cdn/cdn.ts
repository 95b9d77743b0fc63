import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { securityHeaders } from "../../core/contract/security-headers.ts";
import { type HttpServer, serveHttp } from "../http-server.ts";
import { EdgeCache } from "./edge-cache.ts";
import { fetchShared } from "./fetch-shared.ts";
import { forward } from "./forward.ts";
import { originPath } from "./origin-path.ts";
import { isSharedPath } from "./shared-paths.ts";
import { staticSite } from "./static-site.ts";

export type CdnOptions = {
  readonly port: number;
  /** The address to listen on; default loopback. */
  readonly host?: string | undefined;
  /** Asked at each request, so that a CDN may be there before its API is. */
  readonly apiUrl: () => string;
  readonly mailUrl: string;
  /** Of the payment provider's stand-in, whose page is shown under this address too. */
  readonly paymentUrl?: string;
  /** The folder of the built site. */
  readonly siteDir: string;
};

/**
 * Serves the site with the CDN's routing: static files, API and rendered pages from the API (cached where it says so), the
 * local mailbox.
 */
export function startCdn({
  port,
  host,
  apiUrl,
  mailUrl,
  paymentUrl,
  siteDir,
}: CdnOptions): Promise<HttpServer> {
  const cache = new EdgeCache(() => performance.now());
  const serveFile = staticSite(siteDir);

  async function serveShared(request: IncomingMessage, response: ServerResponse, path: string) {
    try {
      const answer = await cache.get(path, () =>
        fetchShared(apiUrl() + path, request.socket.remoteAddress ?? ""),
      );
      const age = answer.ageSeconds === undefined ? {} : { age: String(answer.ageSeconds) };
      const xCache = answer.ageSeconds === undefined ? "Miss from local-cdn" : "Hit from local-cdn";
      response.writeHead(answer.status, { ...answer.headers, ...age, "x-cache": xCache }).end(answer.body);
    } catch {
      response.writeHead(502, { "content-type": "text/plain" }).end("The origin does not answer.");
    }
  }

  const serve: RequestListener = (request, response) => {
    const path = originPath((request.url ?? "/").split("?", 1)[0] ?? "/");
    if (path === "/mailbox" || path.startsWith("/mailbox/")) return forward(request, response, mailUrl);
    if (paymentUrl && path.startsWith("/pay/")) return forward(request, response, paymentUrl);
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    const isLook = request.method === "GET" || request.method === "HEAD";
    if (isLook && isSharedPath(path)) void serveShared(request, response, path);
    else if (/^\/(api|page|plain)\//.test(path)) forward(request, response, apiUrl());
    else serveFile(Object.assign(request, { url: path }), response);
  };
  return serveHttp("site", port, serve, { host });
}
