import { stage } from "./stage.ts";

type Watched = {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions?: Readonly<Record<string, $util.Input<string>>>;
  /** Default: the highest of all that was reported. */
  readonly statistic?: "Sum" | "Maximum" | "Minimum";
  readonly extendedStatistic?: `p${number}`;
  /** How many minutes in a row it must be so; default 1. */
  readonly minutes?: number;
  /** Default: no news is good news. `breaching` is for a heartbeat. */
  readonly missing?: "notBreaching" | "breaching";
} & ({ readonly above: number; readonly below?: never } | { readonly below: number; readonly above?: never });

/** Where alarms go, and how to raise one. In `sst dev` nobody is on duty, so none is made. */
export function createAlarms() {
  const topic = $dev ? undefined : new sst.aws.SnsTopic("Alarms");
  if (topic && stage.alarmEmail)
    new aws.sns.TopicSubscription("AlarmsByMail", {
      topic: topic.arn,
      protocol: "email",
      endpoint: stage.alarmEmail,
    });

  function watch(name: string, watched: Watched): void {
    if (!topic) return;
    const {
      above,
      below,
      minutes = 1,
      missing = "notBreaching",
      dimensions,
      extendedStatistic,
      ...metric
    } = watched;
    const statistic = metric.statistic ?? (below === undefined ? "Maximum" : "Minimum");
    new aws.cloudwatch.MetricAlarm(name, {
      // The preflight finds a stage's alarms by this prefix.
      name: `${stage.prefix}-${name}`,
      namespace: metric.namespace,
      metricName: metric.metricName,
      ...(dimensions && { dimensions: { ...dimensions } }),
      ...(extendedStatistic ? { extendedStatistic } : { statistic }),
      period: 60,
      evaluationPeriods: minutes,
      threshold: above ?? below,
      comparisonOperator: above === undefined ? "LessThanThreshold" : "GreaterThanThreshold",
      treatMissingData: missing,
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    });
  }

  /** A function that throws, or that Lambda has no room for. */
  function watchFunction(name: string, lambda: $util.Input<sst.aws.Function>): void {
    const dimensions = { FunctionName: $util.output(lambda).apply((one) => one.name) };
    const metric = (metricName: string) => ({
      namespace: "AWS/Lambda",
      metricName,
      dimensions,
      statistic: "Sum" as const,
    });
    watch(`${name}Errors`, { ...metric("Errors"), above: 0 });
    watch(`${name}Throttles`, { ...metric("Throttles"), above: 0 });
  }

  return { topic, watch, watchFunction };
}

export type Alarms = ReturnType<typeof createAlarms>;
