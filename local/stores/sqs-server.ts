// The process of the local SQS.
import { mkdirSync } from "node:fs";
import { type ListenOptions, Server } from "node:net";
import { startFauxqs } from "fauxqs";
import type { ServerOptions } from "./server-process.ts";

// fauxqs listens on every address and offers no choice; a queue without passwords belongs on loopback only.
const { listen } = Server.prototype as {
  listen: (this: Server, options: ListenOptions, done?: () => void) => Server;
};
Server.prototype.listen = function onLoopback(this: Server, options: ListenOptions, done?: () => void) {
  return listen.call(this, { ...options, host: "127.0.0.1" }, done);
} as typeof Server.prototype.listen;

const { dataDir } = JSON.parse(process.argv[2] ?? "") as ServerOptions;
if (dataDir) mkdirSync(dataDir, { recursive: true });
const server = await startFauxqs({
  port: 0,
  logger: false,
  ...(dataDir === null ? {} : { dataDir }),
});
process.on("SIGTERM", () => void server.stop().then(() => process.exit(0)));
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.send?.(server.port);
