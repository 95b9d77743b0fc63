import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll } from "vitest";
import { openSqs, type Sqs } from "../../core/aws/connect.sqs.ts";
import { type Dynamo, openDynamo } from "../../core/dynamo/connect.dynamo.ts";
import { openDocumentClient } from "../../core/dynamo/sdk-client.dynamo.ts";

/** A client of the test file's tables, made as the product makes the SDK's. */
export function testDynamo(endpoint: string): DynamoDBDocumentClient {
  const client = openDocumentClient(endpoint);
  afterAll(() => client.destroy());
  return client;
}

/** The product's own client of the ledger's calls. */
export function testTables(endpoint: string): Dynamo {
  const client = openDynamo(endpoint);
  afterAll(() => client.close());
  return client;
}

/** The product's own client of the order queue. */
export function testQueue(queue: { readonly orderQueueUrl: string; readonly sqsEndpoint: string }): Sqs {
  const client = openSqs(queue.orderQueueUrl, queue.sqsEndpoint);
  afterAll(() => client.close());
  return client;
}
