/** A function to run: its file from the root of the project, with the export `handler`, and its time limit. */
export type FunctionSpec = { readonly handler: string; readonly timeLimitSeconds: number };

/** Runs functions as Lambda does. `invoke` rejects with `FunctionTimedOut`, or `FunctionFailed` if it threw or died. */
export interface Runner {
  invoke(spec: FunctionSpec, event: unknown): Promise<unknown>;
  /** Ends every worker and client; invocations in flight fail. */
  stop(): Promise<void>;
}

export class FunctionTimedOut extends Error {
  override name = "FunctionTimedOut";
  constructor(spec: FunctionSpec) {
    super(`${spec.handler} did not answer within its time limit of ${spec.timeLimitSeconds} s.`);
  }
}

export class FunctionFailed extends Error {
  override name = "FunctionFailed";
  constructor(spec: FunctionSpec, cause: unknown) {
    super(`${spec.handler} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
