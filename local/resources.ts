import { createQueues, deleteQueues } from "./resources-queues.ts";
import { createTables, deleteTables } from "./resources-tables.ts";

export type ResourcesAt = {
  readonly sqsEndpoint: string;
  readonly dynamoEndpoint: string;
  /** Put before every name, so that each test file has its own. */
  readonly prefix: string;
  /** How long a message that a batch failed on stays hidden; default as in production. */
  readonly visibilityTimeoutSeconds?: number | undefined;
};

export type Resources = {
  readonly orderQueueUrl: string;
  readonly orderDeadLettersUrl: string;
  readonly paymentQueueUrl: string;
  readonly paymentDeadLettersUrl: string;
  readonly pushQueueUrl: string;
  readonly pushDeadLettersUrl: string;
  readonly webhookQueueUrl: string;
  readonly webhookDeadLettersUrl: string;
  readonly webhookReportsUrl: string;
  readonly webhookReportDeadLettersUrl: string;
  readonly mailQueueUrl: string;
  readonly mailDeadLettersUrl: string;
  readonly rehearsalQueueUrl: string;
  readonly rehearsalDeadLettersUrl: string;
  readonly ledgerTable: string;
  readonly identityTable: string;
  readonly pictureTable: string;
  readonly lineTable: string;
};

/** Creates the queues and tables that are missing; safe to repeat, and keeps what they hold. */
export async function createResources(at: ResourcesAt): Promise<Resources> {
  const [queues, tables] = await Promise.all([
    createQueues(at.sqsEndpoint, at.prefix, at.visibilityTimeoutSeconds),
    createTables(at.dynamoEndpoint, at.prefix),
  ]);
  return { ...queues, ...tables };
}

export async function deleteResources(resources: Resources, at: ResourcesAt): Promise<void> {
  const { ledgerTable, identityTable, pictureTable, lineTable } = resources;
  const { orderQueueUrl, orderDeadLettersUrl, mailQueueUrl, mailDeadLettersUrl } = resources;
  await Promise.all([
    deleteQueues(at.sqsEndpoint, [
      orderQueueUrl,
      orderDeadLettersUrl,
      mailQueueUrl,
      mailDeadLettersUrl,
      resources.paymentQueueUrl,
      resources.paymentDeadLettersUrl,
      resources.pushQueueUrl,
      resources.pushDeadLettersUrl,
      resources.webhookQueueUrl,
      resources.webhookDeadLettersUrl,
      resources.webhookReportsUrl,
      resources.webhookReportDeadLettersUrl,
      resources.rehearsalQueueUrl,
      resources.rehearsalDeadLettersUrl,
    ]),
    deleteTables(at.dynamoEndpoint, [ledgerTable, identityTable, pictureTable, lineTable]),
  ]);
}
