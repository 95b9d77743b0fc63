import { mkdtempSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** An empty folder in the place of a bundle: only the deploy of production makes real ones. */
const emptyBundle = () => ({
  handler: "bundle.handler",
  out: mkdtempSync(join(tmpdir(), "flash-sale-bundle-")),
  errors: [],
  sourcemaps: [],
});

/** What only the CLI's `sst dev` answers, and `sst diff` does not; and a build that is not worth its time. */
const ownAnswers: Readonly<Record<string, () => unknown>> = {
  "Runtime.AddTarget": () => true,
  "Provider.Aws.Appsync": () => ({ http: "appsync.mock", realtime: "realtime.mock" }),
  "Runtime.Build": emptyBundle,
};

/** Stands between a previewed program and the CLI's server at `behind`, and answers some of its questions itself. */
export async function startPreviewServer(behind: string): Promise<string> {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A connection kept for the next question may be closed just as it is asked.
    response.setHeader("connection", "close");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const { method, id } = JSON.parse(body) as { method: string; id: number };
    const own = ownAnswers[method];
    if (own) response.end(JSON.stringify({ jsonrpc: "1.0", id, result: own(), error: null }));
    else response.end(await (await fetch(behind + request.url, { method: "POST", body })).text());
  }
  const server = createServer((request, response) => void answer(request, response));
  server.unref();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
