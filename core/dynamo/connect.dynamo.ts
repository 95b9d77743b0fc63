import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { awsClientSettings } from "../aws.ts";

export const openDocumentClient = (endpoint: string | undefined): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(awsClientSettings(endpoint)), {
    marshallOptions: { removeUndefinedValues: true },
  });
