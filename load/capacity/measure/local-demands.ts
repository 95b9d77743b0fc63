import { setTimeout as sleep } from "node:timers/promises";
import type { SaleId } from "../../../core/ids.ts";
import { createOrderQueue } from "../../../core/orders/order-queue.sqs.ts";
import { localQueue } from "../../../local/aws-clients.ts";
import { fillQueue } from "../../bench/order-queue.ts";
import { reservationsOf } from "../../bench/reservations-of.ts";
import { createSale } from "../../create-sale.ts";
import { prepareAttempts } from "../../crowd/prepare-attempts.ts";
import { sendCrowd } from "../../crowd/send-crowd.ts";
import type { OwnCloud } from "../../own-cloud.ts";
import { type Demand, type LocalDemands } from "../service-times.ts";
import { between, type ProcessorTimes, readProcessorTimes, parts } from "./processor-times.ts";

const ACCEPTED = 800;
const REFUSED = 4_000;
const CONSUMED = 1_000;
export const CONNECTIONS = 64;
const LOOK_EVERY_MS = 50;
/** The model's local stage has API and consumer on one thread. */
export const modelled = { apiWorkers: 0 } as const;

/**
 * Measures a local cloud under the load client's own connections, by processor time: what else the machine does adds nothing.
 * What an acceptance takes is measured together with its order's way through the consumer, which is then taken off.
 */
export async function measureLocalDemands(cloud: OwnCloud): Promise<LocalDemands> {
  const consumed = per(CONSUMED, await consume(cloud));
  const saleId = await createSale(cloud.apiUrl, { name: "Accepting", allocated: ACCEPTED });
  const accepted = minus(per(ACCEPTED, await attempt(cloud, saleId, ACCEPTED)), consumed);
  const refused = per(REFUSED, await attempt(cloud, saleId, REFUSED));
  return { refused, accepted, consumed };
}

const per = (count: number, times: ProcessorTimes): Demand => mapParts((part) => times[part] / count);

/** The client has no part in what the consumer does. */
const minus = (whole: Demand, share: Demand): Demand =>
  mapParts((part) => Math.max(0, whole[part] - (part === "client" ? 0 : share[part])));

const mapParts = (of: (part: (typeof parts)[number]) => number): Demand =>
  Object.fromEntries(parts.map((part) => [part, of(part)])) as Demand;

async function attempt(cloud: OwnCloud, saleId: SaleId, buyers: number): Promise<ProcessorTimes> {
  const { apiUrl } = cloud;
  const attempts = prepareAttempts(apiUrl, saleId, { buyers, twice: 0, seed: 1 });
  const before = readProcessorTimes();
  await sendCrowd({ apiUrl, attempts, connections: CONNECTIONS });
  const { client } = between(before, readProcessorTimes());
  await untilDrained(cloud);
  return { ...between(before, readProcessorTimes()), client };
}

async function consume(cloud: OwnCloud): Promise<ProcessorTimes> {
  const orders = await reservationsOf(cloud, CONSUMED);
  const before = readProcessorTimes();
  await fillQueue(cloud, orders);
  await untilDrained(cloud);
  return between(before, readProcessorTimes());
}

async function untilDrained({ sqsEndpoint, orderQueueUrl }: OwnCloud): Promise<void> {
  const sqs = localQueue(sqsEndpoint, orderQueueUrl);
  const queue = createOrderQueue(sqs);
  for (;;) {
    const { waiting, inFlight } = await queue.depth();
    if (waiting + inFlight === 0) break;
    await sleep(LOOK_EVERY_MS);
  }
  sqs.close();
}
