// The process of the local SQS.
import { mkdirSync } from "node:fs";
import { startFauxqs } from "fauxqs";
import { setFauxqs } from "./fauxqs-settings.ts";
import type { ServerOptions } from "./server-process.ts";

const { dataDir } = JSON.parse(process.argv[2] ?? "") as ServerOptions;
if (dataDir) mkdirSync(dataDir, { recursive: true });
setFauxqs();
const server = await startFauxqs({ port: 0, logger: false, ...(dataDir === null ? {} : { dataDir }) });
process.on("SIGTERM", () => void server.stop().then(() => process.exit(0)));
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.send?.(server.port);
