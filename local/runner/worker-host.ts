// The process of one worker: runs one request at a time through the handler named in its first argument.
import { LambdaContext } from "./lambda-context.ts";
import { invocationTraceHeader } from "../trace-header.ts";
import { loadHandler } from "./load-handler.ts";

export type WorkerRequest = { readonly event: unknown; readonly timeLimitMs: number };
export type WorkerAnswer =
  { readonly result: unknown } | { readonly failure: { message: string; stack: string } };

const path = process.argv[2] ?? "";
const loading = loadHandler(path);
// A handler that cannot be loaded is told to each request.
void loading.catch(() => {}).then(() => process.send?.("loaded"));

async function answer({ event, timeLimitMs }: WorkerRequest): Promise<WorkerAnswer> {
  try {
    const handler = await loading;
    // One request at a time, so that the variable is this one's, as on Lambda.
    process.env["_X_AMZN_TRACE_ID"] = invocationTraceHeader(event);
    return { result: await handler(event, new LambdaContext(path, timeLimitMs)) };
  } catch (error) {
    const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    return { failure: { message, stack } };
  }
}

process.on("message", (request) => {
  void answer(request as WorkerRequest).then((result) => process.send?.(result));
});
process.on("disconnect", () => process.exit());
