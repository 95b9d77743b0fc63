import { randomUUID } from "node:crypto";

const REGION_AND_ACCOUNT = "us-east-1:000000000000";

/** The part of Lambda's context that exists on every runtime. What most functions never read is made when it is read. */
export class LambdaContext {
  readonly functionVersion = "$LATEST";
  readonly memoryLimitInMB = "512";
  readonly logStreamName = "local";
  callbackWaitsForEmptyEventLoop = true;
  readonly #handlerPath: string;
  readonly #endsAtMs: number;
  #requestId: string | undefined;

  constructor(handlerPath: string, timeLimitMs: number) {
    this.#handlerPath = handlerPath;
    this.#endsAtMs = performance.now() + timeLimitMs;
  }

  get awsRequestId(): string {
    return (this.#requestId ??= randomUUID());
  }

  get functionName(): string {
    const path = this.#handlerPath;
    return path.slice(path.lastIndexOf("/") + 1, path.lastIndexOf("."));
  }

  get logGroupName(): string {
    return `/aws/lambda/${this.functionName}`;
  }

  get invokedFunctionArn(): string {
    return `arn:aws:lambda:${REGION_AND_ACCOUNT}:function:${this.functionName}`;
  }

  getRemainingTimeInMillis = (): number => Math.max(0, Math.round(this.#endsAtMs - performance.now()));
}
