import { createAlarmTopic } from "./alarm-topic.ts";
import { stage } from "./stage.ts";

type Metric = {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions?: Readonly<Record<string, $util.Input<string>>>;
};
type Limit =
  { readonly above: number; readonly below?: never } | { readonly below: number; readonly above?: never };

type Watched = Metric & {
  /** Default: the highest of all that was reported. */
  readonly statistic?: "Sum" | "Maximum" | "Minimum";
  readonly extendedStatistic?: `p${number}`;
  /** How many minutes in a row it must be so; default 1. */
  readonly minutes?: number;
  /** How often AWS reports it, where that is not each minute. */
  readonly everyMinutes?: 5 | 60;
  /** Default: no news is good news. `breaching` is for a heartbeat. */
  readonly missing?: "notBreaching" | "breaching";
  /** In previews too: what it tells is never right. Others are for those on duty. */
  readonly inPreviews?: boolean;
} & Limit;

type Share = {
  readonly part: Metric;
  readonly rest: Metric;
  readonly abovePercent: number;
  /** Fewer in all than this say nothing. */
  readonly atLeast: number;
};

const SECONDS = 60;
const PERCENT = 100;
const SHARE_MINUTES = 5;

const ofMetric = ({ namespace, metricName, dimensions }: Metric) => ({
  namespace,
  metricName,
  ...(dimensions && { dimensions: { ...dimensions } }),
});

/** Where alarms go, and how to raise one. In `sst dev` nobody is on duty, so none is made. */
export function createAlarms() {
  const topic = $dev ? undefined : createAlarmTopic();

  function alarm(name: string, args: Omit<aws.cloudwatch.MetricAlarmArgs, "name">): void {
    if (!topic) return;
    new aws.cloudwatch.MetricAlarm(name, {
      // The preflight finds a stage's alarms by this prefix.
      name: `${stage.prefix}-${name}`,
      ...args,
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    });
  }

  function watch(name: string, watched: Watched): void {
    if (!stage.isProduction && !watched.inPreviews) return;
    const { above, below, minutes = 1, everyMinutes = 1, missing = "notBreaching" } = watched;
    const statistic = watched.statistic ?? (below === undefined ? "Maximum" : "Minimum");
    alarm(name, {
      ...ofMetric(watched),
      ...(watched.extendedStatistic ? { extendedStatistic: watched.extendedStatistic } : { statistic }),
      period: everyMinutes * SECONDS,
      evaluationPeriods: minutes,
      threshold: above ?? below,
      comparisonOperator: above === undefined ? "LessThanThreshold" : "GreaterThanThreshold",
      treatMissingData: missing,
    });
  }

  /** A share of a sum, in percent of five minutes. */
  function watchShare(name: string, { part, rest, abovePercent, atLeast }: Share): void {
    if (!stage.isProduction) return;
    const query = (id: string, metric: Metric) => ({
      id,
      metric: { ...ofMetric(metric), stat: "Sum", period: SHARE_MINUTES * SECONDS },
    });
    alarm(name, {
      metricQueries: [
        query("part", part),
        query("rest", rest),
        {
          id: "share",
          expression: `IF(part + rest >= ${atLeast}, ${PERCENT} * part / (part + rest), 0)`,
          label: name,
          returnData: true,
        },
      ],
      evaluationPeriods: 1,
      threshold: abovePercent,
      comparisonOperator: "GreaterThanThreshold",
      treatMissingData: "notBreaching",
    });
  }

  /** A function that throws, or that Lambda has no room for, and whose caller is no person who would see it. */
  function watchFunction(name: string, lambda: $util.Input<sst.aws.Function>): void {
    const dimensions = { FunctionName: $util.output(lambda).apply((resource) => resource.name) };
    for (const metricName of ["Errors", "Throttles"])
      watch(name + metricName, {
        namespace: "AWS/Lambda",
        metricName,
        dimensions,
        statistic: "Sum",
        above: 0,
      });
  }

  return { watch, watchShare, watchFunction };
}

export type Alarms = ReturnType<typeof createAlarms>;
