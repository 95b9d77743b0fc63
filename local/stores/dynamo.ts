import { type Store, externalStore } from "./store.ts";
import { type ServerOptions, startServerProcess } from "./server-process.ts";

/** Starts the local DynamoDB (dynalite). With a data folder, tables outlive a restart. */
export function startDynamo(options: ServerOptions & { externalUrl?: string | undefined }): Promise<Store> {
  if (options.externalUrl) return Promise.resolve(externalStore("DynamoDB", options.externalUrl));
  return startServerProcess("DynamoDB", new URL("./dynamo-server.ts", import.meta.url), options);
}
