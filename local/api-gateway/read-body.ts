import type { IncomingMessage } from "node:http";

/** Reads a request's body; undefined if there is none, "too_large" beyond the limit, "gone" if the client left. */
export function readBody(
  request: IncomingMessage,
  limitBytes: number,
): Promise<Buffer | undefined | "too_large" | "gone"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= limitBytes) chunks.push(chunk);
      else resolve("too_large");
    });
    request.on("end", () => resolve(chunks.length === 0 ? undefined : Buffer.concat(chunks)));
    request.on("error", () => resolve("gone"));
    request.on("close", () => resolve("gone"));
  });
}
