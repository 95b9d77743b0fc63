import { rmSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Cloud } from "./cloud.ts";

export type PublishedAddresses = Pick<
  Cloud,
  | "apiUrl"
  | "siteUrl"
  | "redisUrl"
  | "redisCluster"
  | "databaseUrl"
  | "sqsEndpoint"
  | "dynamoEndpoint"
  | "ledgerTable"
  | "identityTable"
  | "pictureTable"
  | "lineTable"
  | "orderQueueUrl"
  | "orderDeadLettersUrl"
  | "paymentQueueUrl"
  | "paymentDeadLettersUrl"
  | "mailQueueUrl"
  | "mailDeadLettersUrl"
  | "pushQueueUrl"
  | "pushDeadLettersUrl"
  | "webhookQueueUrl"
  | "webhookDeadLettersUrl"
  | "webhookReportsUrl"
  | "webhookReportDeadLettersUrl"
  | "rehearsalQueueUrl"
  | "rehearsalDeadLettersUrl"
  | "mailUrl"
  | "lambdaUrl"
  | "rehearsal"
  | "paymentUrl"
>;

const fileIn = (dataDir: string) => join(dataDir, "addresses.json");

/** Writes where a running `npm start` has its parts, for the load runs, which judge by its stores. */
export function publishAddresses(dataDir: string, cloud: PublishedAddresses): void {
  const names = [
    "apiUrl",
    "siteUrl",
    "redisUrl",
    "redisCluster",
    "databaseUrl",
    "sqsEndpoint",
    "dynamoEndpoint",
    "ledgerTable",
    "identityTable",
    "pictureTable",
    "lineTable",
    "orderQueueUrl",
    "orderDeadLettersUrl",
    "paymentQueueUrl",
    "paymentDeadLettersUrl",
    "mailQueueUrl",
    "mailDeadLettersUrl",
    "pushQueueUrl",
    "pushDeadLettersUrl",
    "webhookQueueUrl",
    "webhookDeadLettersUrl",
    "webhookReportsUrl",
    "webhookReportDeadLettersUrl",
    "rehearsalQueueUrl",
    "rehearsalDeadLettersUrl",
    "mailUrl",
    "lambdaUrl",
    "rehearsal",
    "paymentUrl",
  ] as const satisfies (keyof PublishedAddresses)[];
  const addresses = Object.fromEntries(names.map((name) => [name, cloud[name]]));
  writeFileSync(fileIn(dataDir), JSON.stringify(addresses, null, 2), { mode: 0o600 });
}

export const withdrawAddresses = (dataDir: string): void => rmSync(fileIn(dataDir), { force: true });

/** Null if nothing was published there; after a crash it may name a cloud that is gone. */
export function readPublishedAddresses(dataDir: string): PublishedAddresses | null {
  try {
    return JSON.parse(readFileSync(fileIn(dataDir), "utf8")) as PublishedAddresses;
  } catch {
    return null;
  }
}

const READ_EVERY_MS = 250;

/** The same for who asks before each request: read from the disk a few times a second. */
export function publishedAddresses(dataDir: string): () => PublishedAddresses | null {
  let readAtMs = -Infinity;
  let known: PublishedAddresses | null = null;
  return () => {
    if (performance.now() - readAtMs < READ_EVERY_MS) return known;
    known = readPublishedAddresses(dataDir);
    readAtMs = performance.now();
    return known;
  };
}
