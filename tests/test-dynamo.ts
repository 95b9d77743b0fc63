import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll } from "vitest";
import { openDocumentClient } from "../core/ledger/connect.dynamo.ts";

/** A client of the test file's tables, made as the product makes it. */
export function testDynamo(endpoint: string): DynamoDBDocumentClient {
  process.env["AWS_REGION"] ??= "us-east-1";
  process.env["AWS_ACCESS_KEY_ID"] ??= "local";
  process.env["AWS_SECRET_ACCESS_KEY"] ??= "local";
  const client = openDocumentClient(endpoint);
  afterAll(() => client.destroy());
  return client;
}
