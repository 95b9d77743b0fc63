import { readFileSync } from "node:fs";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import * as v from "valibot";

const outputs = v.object({
  site: v.string(),
  region: v.string(),
  prefix: v.string(),
  operations: v.string(),
  smokeSessions: v.string(),
  purchase: v.string(),
  attemptsPerSecond: v.number(),
  apiRate: v.number(),
  gateInstance: v.string(),
});
export type DeployedStage = v.InferOutput<typeof outputs>;

/** What the last `sst deploy` from this folder answered. @throws Error with the remedy when there was none. */
export function readDeployedStage(): DeployedStage {
  try {
    return v.parse(outputs, JSON.parse(readFileSync(".sst/outputs.json", "utf8")));
  } catch (error) {
    throw new Error("No deployed stage is known here: run `npx sst deploy --stage STAGE` first.", {
      cause: error,
    });
  }
}

/** Invokes a function by hand and answers what it answers. @throws Error with what it says when it fails. */
export async function invoke<Answer>(region: string, functionName: string, event: object): Promise<Answer> {
  const client = new LambdaClient({ region });
  try {
    const Payload = Buffer.from(JSON.stringify(event));
    const answer = await client.send(new InvokeCommand({ FunctionName: functionName, Payload }));
    const text = Buffer.from(answer.Payload ?? []).toString();
    if (answer.FunctionError) throw new Error(`${functionName} failed: ${text}`);
    return JSON.parse(text) as Answer;
  } finally {
    client.destroy();
  }
}
