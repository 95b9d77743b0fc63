import type { IncomingMessage } from "node:http";

/** Undefined: there is none; "too_large": it goes beyond the limit; "gone": the client left in mid-body. */
export type Body = Buffer | undefined | "too_large" | "gone";

/** Reads a request's body and hands it on, once. */
export function readBody(request: IncomingMessage, limitBytes: number, handOn: (body: Body) => void): void {
  // A short body comes with its head: once the parser has run, it is all there, and needs none of a stream's events.
  process.nextTick(() => {
    if (!request.complete) return collectBody(request, limitBytes, handOn);
    const body = request.read() as Buffer | null;
    handOn(body && body.length > limitBytes ? "too_large" : (body ?? undefined));
  });
}

/** The same for who waits for it. */
export const bodyOf = (request: IncomingMessage, limitBytes: number): Promise<Body> =>
  new Promise((resolve) => readBody(request, limitBytes, resolve));

function collectBody(request: IncomingMessage, limitBytes: number, handOn: (body: Body) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isDone = false;
  const finish = (body: Body) => {
    if (isDone) return;
    isDone = true;
    handOn(body);
  };
  request.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= limitBytes) chunks.push(chunk);
    else finish("too_large");
  });
  request.on("end", () => finish(chunks.length > 1 ? Buffer.concat(chunks) : chunks[0]));
  request.on("error", () => finish("gone"));
  request.on("close", () => finish("gone"));
}
