import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { StageFacts } from "../core/preflight/preflight.ts";
import { createWarmEnvironments } from "../core/preflight/warm-environments.lambda.ts";
import type { DeployedStage } from "./deployed-stage.ts";
import { readAlarms } from "./stage-alarms.ts";

/** What AWS says of a stage, asked under the rights of the one who runs this. */
export async function readStageFacts(stage: DeployedStage): Promise<StageFacts> {
  const { region } = stage;
  const lambda = new LambdaClient({ region });
  const cloudWatch = new CloudWatchClient({ region });
  try {
    const [account, warm, alarms] = await Promise.all([
      lambda.send(new GetAccountSettingsCommand({})),
      createWarmEnvironments(lambda, stage.purchase, "live").read(),
      readAlarms(cloudWatch, stage.prefix),
    ]);
    return {
      attemptsPerSecond: stage.attemptsPerSecond,
      gateInstance: stage.gateInstance,
      concurrencyLimit: account.AccountLimit?.ConcurrentExecutions ?? 0,
      apiRateLimit: stage.apiRate,
      warm,
      alarms,
    };
  } finally {
    lambda.destroy();
    cloudWatch.destroy();
  }
}
