import { type Store, externalStore } from "./store.ts";
import { type ServerOptions, startServerProcess } from "./server-process.ts";

/** Starts the local SQS (fauxqs). With a data folder, queues and messages outlive a restart. */
export function startSqs(options: ServerOptions & { externalUrl?: string | undefined }): Promise<Store> {
  if (options.externalUrl) return Promise.resolve(externalStore("SQS", options.externalUrl));
  return startServerProcess("SQS", new URL("./sqs-server.ts", import.meta.url), options);
}
