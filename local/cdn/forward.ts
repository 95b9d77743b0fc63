import { Agent, type IncomingMessage, type ServerResponse, request as send } from "node:http";

const agent = new Agent({ keepAlive: true });

/** Passes a request on to `origin` and its answer back, both as streams. */
export function forward(request: IncomingMessage, response: ServerResponse, origin: string): void {
  const peer = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  const before = request.headers["x-forwarded-for"];
  const headers = {
    ...request.headers,
    "x-forwarded-for": before ? `${String(before)}, ${peer}` : peer,
    via: "1.1 local-cdn",
  };
  const onward = send(new URL(request.url ?? "/", origin), { method: request.method, headers, agent });
  onward.on("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    answer.on("error", () => response.destroy());
  });
  onward.on("error", () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { "content-type": "text/plain" }).end("The origin does not answer.");
  });
  response.on("close", () => onward.destroy());
  request.pipe(onward);
}
