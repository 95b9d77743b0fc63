// The process of the local DynamoDB.
import { mkdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import dynalite from "dynalite";
import { setDynalite } from "./dynalite-settings.ts";
import type { ServerOptions } from "./server-process.ts";

const { dataDir } = JSON.parse(process.argv[2] ?? "") as ServerOptions;
if (dataDir) mkdirSync(dataDir, { recursive: true });
setDynalite();
const server = dynalite({
  createTableMs: 0,
  deleteTableMs: 0,
  ...(dataDir === null ? {} : { path: dataDir }),
});
process.on("SIGTERM", () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
});
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
