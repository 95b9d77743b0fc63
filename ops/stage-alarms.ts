import { type CloudWatchClient, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import type { StageFacts } from "../core/preflight/preflight.ts";

/** Most that CloudWatch answers at once. */
const PAGE = 100;

/** Every alarm of a stage, page by page: an alarm that is left out would count as armed. */
export async function readAlarms(client: CloudWatchClient, prefix: string): Promise<StageFacts["alarms"]> {
  const alarms: StageFacts["alarms"][number][] = [];
  for await (const page of paginateDescribeAlarms(
    { client, pageSize: PAGE },
    { AlarmNamePrefix: `${prefix}-` },
  ))
    for (const alarm of page.MetricAlarms ?? [])
      alarms.push({
        name: alarm.AlarmName ?? "",
        state: alarm.StateValue ?? "",
        isArmed: alarm.ActionsEnabled === true && (alarm.AlarmActions ?? []).length > 0,
      });
  return alarms;
}
