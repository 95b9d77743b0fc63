import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll } from "vitest";
import { openDocumentClient } from "../../core/dynamo/connect.dynamo.ts";

/** A client of the test file's tables, made as the product makes it. */
export function testDynamo(endpoint: string): DynamoDBDocumentClient {
  const client = openDocumentClient(endpoint);
  afterAll(() => client.destroy());
  return client;
}
