import { answersHttp } from "./answers-http.ts";
import { externalStore } from "./external-store.ts";
import { type ServerOptions, startServerProcess } from "./server-process.ts";
import type { Store } from "./store.ts";

/** Starts the local DynamoDB (dynalite). With a data folder, tables outlive a restart. */
export function startDynamo(options: ServerOptions & { externalUrl?: string | undefined }): Promise<Store> {
  const url = options.externalUrl;
  if (url) return externalStore({ name: "DynamoDB", variable: "DYNAMODB_ENDPOINT", url, ask: answersHttp });
  return startServerProcess("DynamoDB", new URL("./dynamo-server.ts", import.meta.url), options);
}
