import { SQSClient } from "@aws-sdk/client-sqs";
import { awsClientSettings } from "../aws/sdk-settings.ts";

/** A queue's URL may name a host that only AWS resolves; where an endpoint is given, that endpoint is meant. */
export const openQueueClient = (endpoint: string | undefined): SQSClient =>
  new SQSClient({ ...awsClientSettings(endpoint), useQueueUrlAsEndpoint: endpoint === undefined });
