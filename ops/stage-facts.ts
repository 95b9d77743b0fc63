import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { GetAccountSettingsCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { StageFacts } from "../core/preflight/preflight.ts";
import { createWarmEnvironments } from "../core/preflight/warm-environments.lambda.ts";
import type { DeployedStage } from "./deployed-stage.ts";

/** What AWS says of a stage, asked under the rights of the one who runs this. */
export async function readStageFacts(stage: DeployedStage): Promise<StageFacts> {
  const { region } = stage;
  const lambda = new LambdaClient({ region });
  const cloudWatch = new CloudWatchClient({ region });
  try {
    const [account, warm, described] = await Promise.all([
      lambda.send(new GetAccountSettingsCommand({})),
      createWarmEnvironments(lambda, stage.purchase, "live").read(),
      cloudWatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix: `${stage.prefix}-`, MaxRecords: 100 })),
    ]);
    return {
      attemptsPerSecond: stage.attemptsPerSecond,
      concurrencyLimit: account.AccountLimit?.ConcurrentExecutions ?? 0,
      apiRateLimit: stage.apiRate,
      warm,
      alarms: (described.MetricAlarms ?? []).map((alarm) => ({
        name: alarm.AlarmName ?? "",
        state: alarm.StateValue ?? "",
        isArmed: alarm.ActionsEnabled === true && (alarm.AlarmActions ?? []).length > 0,
      })),
    };
  } finally {
    lambda.destroy();
    cloudWatch.destroy();
  }
}
