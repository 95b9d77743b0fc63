import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";

/** Every metric there is; alarms and the dashboard name them. */
export type MetricName =
  | "PurchasesAccepted"
  | "PurchasesRefused"
  | "GateMs"
  | "RelayedOrders"
  | "OutboxAgeMs"
  | "Recoveries"
  | "DriftUnits"
  | "RejectedOrders"
  | "GuardianHeartbeat"
  /** Orders of a line whose leaf is in none of its lists. */
  | "OrdersOutsideLine"
  /** Requests for a code at one mailbox from places that it does not know, in the ten minutes that run. */
  | "CodesPerMailbox"
  /** How late the round of the beacon is that somebody waits for, if it is. */
  | "BeaconLateMs";

/** Namespace and service come from POWERTOOLS_METRICS_NAMESPACE and POWERTOOLS_SERVICE_NAME: each stage has its own. */
const metrics = new Metrics();

export type Measure = (name: MetricName, value: number) => void;

/** Notes a value; `publishMetrics` sends it. */
export const measure: Measure = (name, value) => {
  const unit = name.endsWith("Ms") ? MetricUnit.Milliseconds : MetricUnit.Count;
  metrics.addMetric(name, unit, value);
};

/** Writes what was noted as one line of CloudWatch's embedded metric format; nothing where metrics are switched off. */
export function publishMetrics(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
}

/** Writes a count under one outcome, at once and on a line of its own. */
export function measureOutcome(name: MetricName, outcome: string, value: number): void {
  const single = metrics.singleMetric();
  single.addDimension("outcome", outcome);
  single.addMetric(name, MetricUnit.Count, value);
}
