import { type RequestListener, type ServerOptions, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { LocalError } from "./local-error.ts";

/** Nobody but this machine, unless told otherwise. */
const LOOPBACK = "127.0.0.1";

export type HttpServer = { readonly url: string; stop(): Promise<void> };

/** Serves on loopback, or at `host`; port 0 takes a free one. A taken port is named in the error. */
export function serveHttp(
  name: string,
  port: number,
  listener: RequestListener,
  options: ServerOptions & { readonly host?: string | undefined } = {},
): Promise<HttpServer> {
  const server = createServer(options, listener);
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      const remedy = "stop the program that uses it, or choose another with --port.";
      reject(isTaken ? new LocalError(`Port ${port} for the ${name} is taken: ${remedy}`) : error);
    });
    server.listen(port, options.host ?? LOOPBACK, () => {
      resolve({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop });
    });
  });
}
