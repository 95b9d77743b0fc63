import { assumed } from "../../load/capacity/quotas.ts";
import { consumers } from "../../core/topology.ts";
import { memoryMegabytes } from "../../stacks/memory.ts";
import type { CostLine } from "./idle-costs.ts";

/** One run of a function, and the milliseconds of it that are paid for. */
export type FunctionRun = { readonly handler: string; readonly ms: number };

export type PaidParts = {
  readonly runs: readonly FunctionRun[];
  readonly dynamoWrites: number;
  readonly sqsRequests: number;
  readonly mails: number;
};

/** What stacks/stage.ts lets out of mails about orders in a second. */
const MAILS_PER_SECOND = 5;

const { orderConsumer, orderMailer } = consumers;
const { commitMs, gateTripMs, ledgerTripMs, queueTripMs } = assumed;

/** PostgreSQL, the ledger, the gate where units are settled, and the queue of the mails. */
export const consumerRun: FunctionRun = {
  handler: orderConsumer.handler,
  ms: Math.ceil(commitMs.value + ledgerTripMs.value + gateTripMs.value + queueTripMs.value),
};

/** While a crowd's mails wait, each takes its function as long as the pace allows; SES and the marks are within that. */
const mailerRun: FunctionRun = {
  handler: orderMailer.handler,
  ms: (1_000 * orderMailer.maximumConcurrency) / MAILS_PER_SECOND,
};

/** A message is sent, received and deleted. */
export const REQUESTS_OF_A_MESSAGE = 3;
/** That it may go, and that it went. */
const WRITES_OF_A_MAIL = 2;

/**
 * What an accepted order takes beside its purchase's own run, each by itself, which is the dearest: in a crowd a batch takes up
 * to 500 orders, and a message ten mails. Two writes to the ledger (put, confirmed), two messages (order, mail), one mail. So
 * counted at the local cloud.
 */
export const orderParts: PaidParts = {
  runs: [consumerRun, mailerRun],
  dynamoWrites: 2 + WRITES_OF_A_MAIL,
  sqsRequests: 2 * REQUESTS_OF_A_MESSAGE,
  mails: 1,
};

export const gigabyteSecondsOf = (runs: readonly FunctionRun[]): number =>
  runs.reduce((sum, { handler, ms }) => sum + (memoryMegabytes(handler) / 1024) * (ms / 1_000), 0);

const MILLION = 1_000_000;

/** What the orders of a sale cost, the attempts themselves apart. */
export function orderCosts(orders: number): CostLine[] {
  const { runs, dynamoWrites, sqsRequests, mails } = orderParts;
  const millions = orders / MILLION;
  return [
    {
      what: `orders: ${dynamoWrites} writes each`,
      price: "DynamoDB writes",
      quantity: dynamoWrites * millions,
    },
    { what: `orders: ${sqsRequests} requests each`, price: "SQS requests", quantity: sqsRequests * millions },
    { what: "orders: a mail each", price: "SES mails", quantity: (mails * orders) / 1_000 },
    { what: "orders: consumer and mailer", price: "Lambda requests", quantity: runs.length * millions },
    {
      what: "orders: consumer and mailer",
      price: "Lambda, arm64",
      quantity: gigabyteSecondsOf(runs) * orders,
    },
  ];
}
