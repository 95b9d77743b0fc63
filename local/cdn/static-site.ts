import { existsSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import sirv from "sirv";

/** Serves the built site's files; a path that is none gets the site's own 404 page. */
export function staticSite(siteDir: string): (request: IncomingMessage, response: ServerResponse) => void {
  const serve = sirv(siteDir, { dev: true, etag: true });
  const notFoundFile = join(siteDir, "404.html");
  return (request, response) => {
    serve(request, response, () => {
      const page = existsSync(notFoundFile) ? readFileSync(notFoundFile) : "There is no such page.";
      response.writeHead(404, { "content-type": "text/html; charset=utf-8" }).end(page);
    });
  };
}
