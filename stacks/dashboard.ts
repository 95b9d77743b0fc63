import type { MetricName } from "../core/metrics.ts";
import type { Queue } from "./queue.ts";
import { stage } from "./stage.ts";

type Parts = {
  readonly api: sst.aws.ApiGatewayV2;
  readonly queue: Queue;
  readonly gate: { readonly redis: sst.aws.Redis };
  readonly orders: { readonly database: sst.aws.Postgres };
};
type Line = readonly [namespace: string, metric: string, ...dimensions: $util.Input<string>[]];

/** One page to watch during a sale, from the door to the orders. */
export function createDashboard({ api, queue, gate, orders }: Parts): void {
  if (!stage.isProduction) return;
  const { region } = aws.getRegionOutput();
  const chart = (title: string, stat: string, ...metrics: Line[]) => ({ title, stat, metrics });
  const own = (name: MetricName): Line => [stage.prefix, name, "service", "flash-sale"];
  const gateLine = (name: string): Line => [
    "AWS/ElastiCache",
    name,
    "ReplicationGroupId",
    gate.redis.nodes.cluster.id,
  ];
  const apiLine = (name: string): Line => ["AWS/ApiGateway", name, "ApiId", api.nodes.api.id];
  const queueLine = (name: string, of: sst.aws.Queue): Line => [
    "AWS/SQS",
    name,
    "QueueName",
    of.nodes.queue.name,
  ];
  const charts = [
    chart("Purchases", "Sum", own("PurchasesAccepted"), own("PurchasesRefused")),
    chart("Gate, ms", "p99", own("GateMs")),
    chart("API requests", "Sum", apiLine("Count"), apiLine("4xx"), apiLine("5xx")),
    chart("API latency, ms", "p99", apiLine("Latency")),
    chart(
      "Gate: CPU and memory, %",
      "Maximum",
      gateLine("EngineCPUUtilization"),
      gateLine("DatabaseMemoryUsagePercentage"),
    ),
    chart("Gate: connections", "Maximum", gateLine("CurrConnections")),
    chart(
      "Orders waiting",
      "Maximum",
      queueLine("ApproximateNumberOfMessagesVisible", queue.queue),
      queueLine("ApproximateNumberOfMessagesVisible", queue.deadLetters),
    ),
    chart("PostgreSQL CPU, %", "Maximum", [
      "AWS/RDS",
      "CPUUtilization",
      "DBInstanceIdentifier",
      orders.database.id,
    ]),
    chart("Outbox age, ms", "Maximum", own("OutboxAgeMs")),
    chart(
      "Trouble",
      "Sum",
      own("DriftUnits"),
      own("RejectedOrders"),
      own("Recoveries"),
      own("RelayedOrders"),
    ),
  ];
  new aws.cloudwatch.Dashboard("Dashboard", {
    dashboardName: stage.prefix,
    dashboardBody: $jsonStringify({
      widgets: charts.map(({ title, stat, metrics }, index) => ({
        type: "metric",
        width: 12,
        height: 6,
        x: (index % 2) * 12,
        y: Math.floor(index / 2) * 6,
        properties: { title, stat, metrics, region, period: 60, view: "timeSeries" },
      })),
    }),
  });
}
