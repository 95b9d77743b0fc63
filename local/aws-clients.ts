import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";

import type { AwsAccess } from "../core/aws/call.ts";
import { openSqs, type Sqs } from "../core/aws/connect.sqs.ts";
import { type Dynamo, openDynamo } from "../core/dynamo/connect.dynamo.ts";

const local = { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };

export const localSqs = (endpoint: string): SQSClient => new SQSClient({ ...local, endpoint, md5: false });
export const localDynamo = (endpoint: string): DynamoDBClient => new DynamoDBClient({ ...local, endpoint });

const access: AwsAccess = {
  region: local.region,
  credentials: () => ({ ...local.credentials, sessionToken: undefined }),
};

/** The product's own way to the stores, for what reads or fills them by its code. */
export const localTables = (endpoint: string): Dynamo => openDynamo(endpoint, access);
export const localQueue = (endpoint: string, queueUrl: string): Sqs => openSqs(queueUrl, endpoint, access);
