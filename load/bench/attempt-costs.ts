import { consumers, httpFunction, type HttpName } from "../../core/topology.ts";
import {
  consumerRun,
  type FunctionRun,
  orderParts,
  REQUESTS_OF_A_MESSAGE,
} from "../../tests/costs/order-parts.ts";
import { assumed } from "../capacity/quotas.ts";
import type { ServiceTimes } from "../capacity/service-times.ts";
import type { AttemptCost } from "./price-list.ts";

const { cores, gateTripMs, ledgerTripMs, queueTripMs } = assumed;
/** Remembered as usual, not measured: what the payment provider takes for a call. */
const PROVIDER_MS = 300;

const runOf = (name: HttpName, ms: number): FunctionRun => ({
  handler: httpFunction(name).handler,
  ms: Math.ceil(ms),
});

const purchase = (ownMs: number, storesMs: number) => runOf("purchase", ownMs / cores.value + storesMs);

const refused = (run: FunctionRun): AttemptCost => ({
  requests: 1,
  runs: [run],
  dynamoWrites: 0,
  sqsRequests: 0,
  mails: 0,
});

/**
 * What an attempt takes by its outcome. Lambda's time is the function's own, as load/capacity/service-times.json has it, on the
 * share of a core that its memory gives it, and the stores' answers, as load/capacity/quotas.ts takes them; each begun
 * millisecond is paid for. Reads are left out: they are cents.
 */
export function attemptCosts(times: ServiceTimes["function"]): Readonly<Record<string, AttemptCost>> {
  const reservedMs = 2 * gateTripMs.value + ledgerTripMs.value;
  return {
    "refused from memory": refused(purchase(times.memoryMs, 0)),
    "refused by the gate": refused(purchase(times.refusedMs, gateTripMs.value)),
    accepted: {
      ...orderParts,
      requests: 1,
      runs: [purchase(times.acceptedMs, reservedMs + queueTripMs.value), ...orderParts.runs],
    },
    // The queue is told of it when it is paid for.
    "held and paid for, without the provider's fee": paid(purchase(times.acceptedMs, reservedMs)),
  };
}

/**
 * Of a hold that is paid for, as counted at the local cloud: put, noted as open, the attempt, its name, paid for, its events copied
 * when it was placed (2) and again when it was confirmed (3), the mail's marks (2), open no more.
 */
const PAID_WRITES = 13;
/** Paid for, to be captured, captured, and the mail. */
const PAID_MESSAGES = 4;

/** A hold's life until its money is taken, without detours: the purchase, the provider's page, its one message, the capture. */
const paid = (hold: FunctionRun): AttemptCost => ({
  requests: 3,
  runs: [
    hold,
    runOf("openPayment", PROVIDER_MS + 5 * ledgerTripMs.value),
    runOf("paymentWebhook", 2 * PROVIDER_MS + 3 * ledgerTripMs.value + queueTripMs.value),
    { handler: consumers.paymentWorker.handler, ms: 4 * PROVIDER_MS + queueTripMs.value },
    // Placed; confirmed is the order's own.
    consumerRun,
    ...orderParts.runs,
  ],
  dynamoWrites: PAID_WRITES,
  sqsRequests: PAID_MESSAGES * REQUESTS_OF_A_MESSAGE,
  mails: 1,
});
