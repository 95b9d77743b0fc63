import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { awsClientSettings } from "../aws/sdk-settings.ts";

/** The SDK's client, for what no purchase does. */
export const openDocumentClient = (endpoint: string | undefined): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(awsClientSettings(endpoint)), {
    marshallOptions: { removeUndefinedValues: true },
  });
