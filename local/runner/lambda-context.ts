import { randomUUID } from "node:crypto";

const REGION_AND_ACCOUNT = "us-east-1:000000000000";

/** The part of Lambda's context that exists on every runtime. */
export class LambdaContext {
  readonly awsRequestId = randomUUID();
  readonly functionName: string;
  readonly functionVersion = "$LATEST";
  readonly memoryLimitInMB = "512";
  readonly logGroupName: string;
  readonly logStreamName = "local";
  readonly invokedFunctionArn: string;
  callbackWaitsForEmptyEventLoop = true;
  readonly #endsAtMs: number;

  constructor(handlerPath: string, timeLimitMs: number) {
    this.functionName = handlerPath.slice(handlerPath.lastIndexOf("/") + 1, handlerPath.lastIndexOf("."));
    this.logGroupName = `/aws/lambda/${this.functionName}`;
    this.invokedFunctionArn = `arn:aws:lambda:${REGION_AND_ACCOUNT}:function:${this.functionName}`;
    this.#endsAtMs = performance.now() + timeLimitMs;
  }

  getRemainingTimeInMillis = (): number => Math.max(0, Math.round(this.#endsAtMs - performance.now()));
}
