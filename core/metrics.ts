import { systemClock } from "./clock.ts";
import { metricsNamespace } from "./config.ts";

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
  /** Holds whose time was over, and whose units went back on sale. */
  | "ExpiredHolds"
  /** For how long the hold is overdue that is so for longest. */
  | "OverdueHoldMs"
  /** Orders that have waited for their money for more than a minute. */
  | "UncapturedOrders"
  /** Mails about orders. */
  | "MailsSent"
  | "MailsGivenUp"
  | "MailsWithoutAddress"
  /** Orders of a line whose leaf is in none of its lists. */
  | "OrdersOutsideLine"
  /** Requests for a code at one mailbox from places that it does not know, in the ten minutes that run. */
  | "CodesPerMailbox"
  /** Wrong invitation codes at one sale, whoever tried them, in the ten minutes that run. */
  | "WrongInvitationCodes"
  /** How late the round of the beacon is that somebody waits for, if it is. */
  | "BeaconLateMs"
  /** Orders whose payments are not at rest. */
  | "OpenPayments"
  /** For how long money and order have not agreed, of the payment for which it is longest. */
  | "UnsettledMoneyMs"
  /** Authorised or captured for an order that does not count on it: cancelled or given back. */
  | "PaymentsGivenUp"
  /** Of another amount than was asked: somebody must look. */
  | "PaymentsOfWrongAmount"
  /** Money that was authorised and never came. */
  | "CapturesFailed"
  /** Money that could not be given back: somebody must see to it. */
  | "RefundsFailed"
  /** Money that was given back at the provider's own console. */
  | "RefundsOutside"
  /** Orders whose money is to be given back, and was not for more than a minute. */
  | "OwingOrders"
  /** Withdrawals and other wishes that nobody has decided on for more than a minute. */
  | "UndecidedWishes"
  /** What the provider was asked for and did not answer, or had too much to do for. */
  | "PaymentProviderSilent"
  /** Webhooks that an endpoint took, calls that it did not, and what it never took for days. */
  | "WebhooksDelivered"
  | "WebhookCallsFailed"
  | "WebhooksGivenUp"
  /** Endpoints that were paused because they kept failing. */
  | "WebhookEndpointsPaused"
  /** What browsers were told, what they never were, late or refused for good, and browsers that are there no more. */
  | "PushesSent"
  | "PushesGivenUp"
  | "PushesLate"
  | "PushesGone";

const SERVICE = "flash-sale";
/** CloudWatch's limit of values of one metric in one line. */
const MOST_VALUES = 100;

export type Measure = (name: MetricName, value: number) => void;

const noted = new Map<MetricName, number[]>();

/** Notes a value; `publishMetrics` sends it. */
export const measure: Measure = (name, value) => {
  const values = noted.get(name);
  if (values) values.push(value);
  else noted.set(name, [value]);
};

/** Writes what was noted in CloudWatch's embedded metric format; nothing where the stage names no namespace. */
export function publishMetrics(): void {
  while (noted.size > 0) {
    const values = new Map([...noted].map(([name, all]) => [name, all.splice(0, MOST_VALUES)]));
    for (const [name, left] of noted) if (left.length === 0) noted.delete(name);
    write(values, {});
  }
}

/** Writes a count under one outcome, at once and on a line of its own. */
export function measureOutcome(name: MetricName, outcome: string, value: number): void {
  write(new Map([[name, [value]]]), { outcome });
}

type Values = ReadonlyMap<MetricName, readonly number[]>;

function write(values: Values, dimensions: Readonly<Record<string, string>>): void {
  const namespace = metricsNamespace();
  if (namespace) process.stdout.write(`${metricLine(namespace, values, dimensions, systemClock.nowMs())}\n`);
}

/** A line of CloudWatch's embedded metric format. */
export function metricLine(
  namespace: string,
  values: Values,
  dimensions: Readonly<Record<string, string>>,
  timestamp: number,
): string {
  const bearing = { service: SERVICE, ...dimensions };
  const Metrics = [...values.keys()].map((Name) => ({
    Name,
    Unit: Name.endsWith("Ms") ? "Milliseconds" : "Count",
  }));
  return JSON.stringify({
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [Object.keys(bearing)], Metrics }],
    },
    ...bearing,
    ...Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0] : all])),
  });
}
