import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";

const local = { region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };

export const localSqs = (endpoint: string): SQSClient => new SQSClient({ ...local, endpoint, md5: false });
export const localDynamo = (endpoint: string): DynamoDBClient => new DynamoDBClient({ ...local, endpoint });
