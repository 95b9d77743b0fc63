import { chunk } from "../dynamo/write-items.dynamo.ts";
import type { OrderId } from "../ids.ts";
import type { Measure } from "../metrics.ts";
import type { PaymentReport } from "../reservation/payment-task.ts";
import { isStoreSilent } from "../store-errors.ts";
import type { Payments } from "./ask-for-money.ts";
import { type DecidedReport, decideReports, type Reported } from "./decide-report.postgres.ts";
import type { StaleDependencies } from "./decide-stale.ts";
import type { RecordedOrder } from "./recorded-order.ts";

type TakeDependencies = Pick<StaleDependencies, "db" | "ledger" | "warn"> & {
  readonly payments: Payments;
  readonly measure: Measure;
};

/** A transaction of this size holds the lock of its sale for a moment only. */
const TOGETHER = 100;

/**
 * Decides on what the provider said; `orders` then has what came of it. An order that ended otherwise has no use for its money.
 *
 * @returns the orders whose messages must come again. @throws when a store does not answer.
 */
export async function takeReports(
  deps: TakeDependencies,
  reports: readonly PaymentReport[],
  orders: Map<OrderId, RecordedOrder>,
): Promise<OrderId[]> {
  const undecided: OrderId[] = [];
  let waiting = [...reports];
  while (waiting.length > 0) {
    // Two about one order are decided one after the other.
    const together = new Map(waiting.toReversed().map((report) => [report.orderId, report]));
    waiting = waiting.filter((report) => together.get(report.orderId) !== report);
    for (const some of chunk([...together.values()], TOGETHER)) {
      const decided = await decideSome(deps, some);
      for (const report of some) {
        const { orderId, requestId } = report;
        const found = decided.get(orderId);
        if (found && found !== "failed") await take(deps, report, found, orders);
        else {
          if (!found) deps.warn("a payment is reported of an order without a row", { orderId, requestId });
          undecided.push(orderId);
        }
      }
    }
  }
  return undecided;
}

type Decided = Map<OrderId, DecidedReport | "failed">;

async function decideSome(deps: TakeDependencies, reports: readonly PaymentReport[]): Promise<Decided> {
  const { db, ledger, warn } = deps;
  const entries = await Promise.all(reports.map(({ orderId, buyerId }) => ledger.get(orderId, buyerId)));
  const known = reports.flatMap((report, index) => {
    const entry = entries[index];
    return entry ? [{ report, reservation: entry.reservation }] : [];
  });
  if (known.length === 0) return new Map();
  try {
    return await decideReports(db, known);
  } catch (error) {
    if (isStoreSilent(error)) throw error;
    warn("reports of payments are decided one by one", { error });
    return decideOneByOne(deps, known);
  }
}

/** One that cannot be decided holds up none of the others. */
async function decideOneByOne(
  { db, warn }: TakeDependencies,
  reports: readonly Reported[],
): Promise<Decided> {
  const decided: Decided = new Map();
  for (const reported of reports) {
    const { orderId, requestId } = reported.report;
    try {
      for (const [id, found] of await decideReports(db, [reported])) decided.set(id, found);
    } catch (error) {
      if (isStoreSilent(error)) throw error;
      warn("a report of a payment cannot be decided", { orderId, requestId, error });
      decided.set(orderId, "failed");
    }
  }
  return decided;
}

async function take(
  { payments, warn, measure }: TakeDependencies,
  report: PaymentReport,
  { order, isRefused, isNew }: DecidedReport,
  orders: Map<OrderId, RecordedOrder>,
): Promise<void> {
  const { saleId, orderId, buyerId, requestId } = report;
  orders.set(orderId, order);
  // The worker, the completer and the provider's messages may each have told it.
  if (report.payment === "failed" && isNew) measure("CapturesFailed", 1);
  if (!isRefused) return;
  warn("a payment is reported of an order that does not wait for it", { orderId, requestId, report });
  if (report.payment === "captured")
    await payments.send({ task: "give_up", saleId, orderId, buyerId, requestId });
}
