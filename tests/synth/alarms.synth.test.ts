import { readFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { describe, expect, test } from "vitest";
import { documentedMetrics, slowMetrics } from "./documented-metrics.ts";
import { root } from "./sst.ts";
import { view } from "./view.ts";

type Metric = {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly period: number;
};
type Query = { readonly metric?: Metric };

const { all, resourceOf, functions } = view("production");
const alarms = all("cloudwatch/metricAlarm").map(({ name, inputs }) => ({ name, inputs }));
const metricsOf = (inputs: Readonly<Record<string, unknown>>): readonly Metric[] =>
  inputs["metricQueries"]
    ? (inputs["metricQueries"] as Query[]).flatMap(({ metric }) => metric ?? [])
    : [inputs as unknown as Metric];
const dimensionsOf = ({ dimensions }: Metric) => Object.keys(dimensions ?? {}).sort();
const watched = alarms.flatMap(({ name, inputs }) => metricsOf(inputs).map((metric) => ({ name, metric })));
const own = /type MetricName =([^;]*);/.exec(readFileSync(join(root, "core", "metrics.ts"), "utf8"))?.[1];

function isReported(metric: Metric): boolean {
  const dimensions = dimensionsOf(metric);
  if (metric.namespace === "flash-sale-production")
    return own!.includes(`"${metric.metricName}"`) && dimensions.join() === "service";
  return documentedMetrics.some(
    (documented) =>
      documented.namespace === metric.namespace &&
      documented.metrics.includes(metric.metricName) &&
      documented.dimensions.join() === dimensions.join(),
  );
}

test("every alarm watches a metric that is reported, under the dimensions that it is reported under", () => {
  expect(watched.length).toBeGreaterThan(30);
  const unknown = watched.filter(({ metric }) => !isReported(metric));
  expect(unknown.map(({ name, metric }) => [name, metric.metricName, dimensionsOf(metric)])).toEqual([]);
});

test("every alarm looks as often as its metric is reported, no more", () => {
  for (const { name, metric } of watched)
    expect([name, metric.period]).toEqual([
      name,
      slowMetrics[metric.metricName] ?? (metric.namespace === "AWS/WAFV2" ? 300 : expect.any(Number)),
    ]);
});

test("each node of the gate has each of its alarms, by the name that ElastiCache gives it", () => {
  const { numNodeGroups, replicasPerNodeGroup } = resourceOf("elasticache/replicationGroup").inputs;
  expect([numNodeGroups, replicasPerNodeGroup]).toEqual([1, 1]);
  const byNode = Map.groupBy(
    watched.filter(({ metric }) => metric.namespace === "AWS/ElastiCache"),
    ({ metric }) => metric.dimensions?.["CacheClusterId"],
  );
  expect([...byNode.keys()].map(String).sort()).toEqual([
    "GateCluster-id-0001-001",
    "GateCluster-id-0001-002",
  ]);
  for (const [, alarmsOfNode] of byNode)
    expect(alarmsOfNode.map(({ metric }) => metric.metricName).sort()).toEqual([
      "CPUCreditBalance",
      "CurrConnections",
      "DatabaseMemoryUsagePercentage",
      "EngineCPUUtilization",
      "Evictions",
      "ReplicationLag",
    ]);
});

test("every alarm is armed and heard, by mail and on a second way", () => {
  const topic = resourceOf("sns/topic", "AlarmsTopic").inputs["name"] as string;
  for (const { inputs } of alarms) {
    expect(inputs["alarmActions"]).toEqual([expect.stringContaining(topic)]);
    expect(inputs["okActions"]).toEqual(inputs["alarmActions"]);
  }
  expect(all("sns/topicSubscription").map(({ inputs }) => inputs["protocol"])).toEqual(["email", "https"]);
});

test("every function that no person waits for has an alarm for errors and one for throttles", () => {
  const names = watched.flatMap(({ metric }) => {
    const component = functions().find(
      ({ inputs }) => inputs["name"] === metric.dimensions?.["FunctionName"],
    );
    return component ? [`${component.name} ${metric.metricName}`] : [];
  });
  const alone = [
    "Purchase",
    "GuardianHandler",
    "WarmUpHandler",
    "CanaryHandler",
    "PaymentsHandler",
    "OrderQueueSubscriber",
    "PaymentQueueSubscriber",
    "WebhooksHandler",
    "PushQueueSubscriber",
    "WebhookQueueSubscriber",
    "WebhookReportQueueSubscriber",
  ];
  const isAlone = ({ name }: { name: string }) => alone.some((prefix) => name.startsWith(prefix));
  expect(functions().filter(isAlone)).toHaveLength(alone.length);
  const missing = functions()
    .filter(isAlone)
    .flatMap(({ name }) => ["Errors", "Throttles"].map((metric) => `${name} ${metric}`))
    .filter((key) => !names.includes(key));
  expect(missing).toEqual([]);
  // Of all others the API's faults tell, and the throttles of the whole account.
  expect(alarms.map(({ name }) => name)).toEqual(expect.arrayContaining(["ApiFaults", "AnyThrottled"]));
});

test("each store has its alarms, and so has what a sale shares with its account", () => {
  expect(alarms.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      "LedgerWriteThrottled",
      "OrdersBusy",
      "OrdersStorage",
      "OrdersCredits",
      "OrderDeadLettersNotEmpty",
      "OrderQueueOld",
      "MailDeadLettersNotEmpty",
      "MailQueueOld",
      "MailsGivenUp",
      "GuardianSilent",
      "StoresDrift",
      "ApiFaults",
      "AccountConcurrency",
      "MailBounces",
      "MailComplaints",
      "PurchaseSlow",
      "FirewallBlocks",
      "MailboxFlooded",
      "BeaconLate",
      "PaymentsOfWrongAmount",
      "CapturesFailed",
      "RefundsFailed",
      "UndecidedWishes",
      "PaymentProviderSilent",
      "PaymentQueueOld",
      "PushDeadLettersNotEmpty",
      "PushesGivenUp",
      "WebhookDeadLettersNotEmpty",
      "WebhookReportDeadLettersNotEmpty",
      "WebhookQueueOld",
      "WebhookEndpointPaused",
      "WebhooksGivenUp",
      "HoldsOverdue",
      "OrdersUncaptured",
      "MoneyUnsettled",
    ]),
  );
  const silent = resourceOf("cloudwatch/metricAlarm", "GuardianSilent").inputs;
  expect(silent).toMatchObject({ treatMissingData: "breaching" });
  expect(resourceOf("cloudwatch/metricAlarm", "MailboxFlooded").inputs).toMatchObject({
    metricName: "CodesPerMailbox",
    dimensions: { service: "flash-sale" },
    statistic: "Maximum",
    comparisonOperator: "GreaterThanThreshold",
    threshold: 30,
    treatMissingData: "notBreaching",
  });
  const { threshold } = resourceOf("cloudwatch/metricAlarm", "AccountConcurrency").inputs;
  expect(threshold).toBe(800);
});

describe("preview", () => {
  test("rings for what is never right, and for nothing else", () => {
    const names = view("preview")
      .all("cloudwatch/metricAlarm")
      .map(({ name }) => name);
    expect(names.sort()).toEqual([
      "GuardianSilent",
      "OrderDeadLettersNotEmpty",
      "OrdersRejected",
      "OutboxOld",
      "PaymentDeadLettersNotEmpty",
      "StoresDrift",
    ]);
  });
});

const count = (value: unknown) => Number(value).toLocaleString("en-US");
const lasting = (seconds: number) => (seconds === 60 ? "a minute" : `${seconds / 60} minutes`);

function rowOf({ name, inputs }: (typeof alarms)[number]): string {
  const metrics = metricsOf(inputs).map(({ metricName }) => `\`${metricName}\``);
  const [{ period }] = metricsOf(inputs) as [Metric];
  const isShare = metrics.length > 1;
  const sign = inputs["comparisonOperator"] === "LessThanThreshold" ? "below" : "above";
  const statistic = isShare
    ? "share"
    : String(inputs["extendedStatistic"] ?? inputs["statistic"]).toLowerCase();
  const threshold = `${statistic} ${sign} ${count(inputs["threshold"])}${isShare ? " %" : ""}`;
  const rings = `${threshold} for ${lasting(period * Number(inputs["evaluationPeriods"]))}`;
  return `| \`${name}\` | ${metrics.join(", ")} | ${rings} |`;
}

/** Written anew by `npx vitest run --project synthesis tests/synth/alarms -u`. */
test("docs/alarms.md says when each alarm of production rings", async () => {
  const rows = alarms.map(rowOf).toSorted();
  const text = `# When each alarm rings

Made from the stacks, for production. [The runbook](runbook.md) says what each means, and what to do.

| alarm | metric | rings at |
| ----- | ------ | -------- |
${rows.join("\n")}
`;
  const file = join(root, "docs", "alarms.md");
  const options = { ...(await resolveConfig(file)), filepath: file };
  await expect(await format(text, options)).toMatchFileSnapshot(file);
});

test("the runbook says of every alarm what to do, and of no alarm that is not there", () => {
  const runbook = readFileSync(join(root, "docs", "runbook.md"), "utf8");
  const section = runbook.slice(
    runbook.indexOf("## Alarms"),
    runbook.indexOf("\n## ", runbook.indexOf("## Alarms") + 1),
  );
  const cells = section
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.split("|")[1] ?? "");
  const named = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)(…?)`/g)]);
  const isNamed = (name: string) =>
    named.some(([, word, isStart]) => (isStart ? name.startsWith(word!) : name === word));
  const exists = ([, word, isStart]: RegExpExecArray) =>
    alarms.some(({ name }) => (isStart ? name.startsWith(word!) : name === word));
  expect(alarms.map(({ name }) => name).filter((name) => !isNamed(name))).toEqual([]);
  expect(named.filter((found) => !exists(found)).map(([text]) => text)).toEqual([]);
});
