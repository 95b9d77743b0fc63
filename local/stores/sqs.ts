import { answersHttp } from "./answers-http.ts";
import { externalStore } from "./external-store.ts";
import { type ServerOptions, startServerProcess } from "./server-process.ts";
import type { Store } from "./store.ts";

/** Starts the local SQS (fauxqs). With a data folder, queues and messages outlive a restart. */
export function startSqs(options: ServerOptions & { externalUrl?: string | undefined }): Promise<Store> {
  const url = options.externalUrl;
  if (url) return externalStore({ name: "SQS", variable: "SQS_ENDPOINT", url, ask: answersHttp });
  return startServerProcess("SQS", new URL("./sqs-server.ts", import.meta.url), options);
}
