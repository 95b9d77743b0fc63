import type { Clock } from "../clock.ts";
import type { Warn } from "../log.ts";
import type { Measure } from "../metrics.ts";
import type { Ledger } from "../reservation/ledger.dynamo.ts";
import type { ReservationEvent } from "../reservation/lifecycle.ts";
import type { PaymentReport } from "../reservation/payment-task.ts";
import type { Reservation } from "../reservation/reservation.ts";
import type { SaleRecords } from "../sale/sale-record.dynamo.ts";
import type { OpenPayments } from "./open-payments.dynamo.ts";
import type { PaymentProvider } from "./provider.ts";

/** What payments need of the order queue. */
export type OrderSender = {
  /** Sends an order on with all that became of it so far. */
  sendDecided(reservation: Reservation, history: readonly ReservationEvent[]): Promise<void>;
  sendReport(report: PaymentReport): Promise<void>;
};

export type PaymentDependencies = {
  readonly ledger: Ledger;
  readonly saleRecords: SaleRecords;
  readonly open: OpenPayments;
  readonly orders: OrderSender;
  readonly provider: PaymentProvider;
  readonly clock: Clock;
  readonly warn: Warn;
  readonly measure: Measure;
};
