import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

/** Every metric there is; alarms and the dashboard name them. */
export type MetricName =
  "RelayedOrders" | "OutboxAgeMs" | "Recoveries" | "DriftUnits" | "RejectedOrders" | "GuardianHeartbeat";

const metrics = new Metrics({ namespace: "FlashSale", serviceName: "flash-sale" });

export type Measure = (name: MetricName, value: number) => void;

/** Notes a value; `publishMetrics` sends it. */
export const measure: Measure = (name, value) => {
  const unit = name.endsWith("Ms") ? MetricUnit.Milliseconds : MetricUnit.Count;
  metrics.addMetric(name, unit, value);
};

/** Writes what was noted as one line of CloudWatch's embedded metric format; nothing where metrics are switched off. */
export function publishMetrics(): void {
  metrics.publishStoredMetrics();
}
