import { NodeHttpHandler } from "@smithy/node-http-handler";
import { ATTEMPTS, CONNECT_LIMIT_MS, REQUEST_LIMIT_MS, SOCKETS } from "./limits.ts";

/** Settings of one of the SDK's clients, for AWS itself or a stand-in at `endpoint`. */
export const awsClientSettings = (endpoint: string | undefined) => ({
  maxAttempts: ATTEMPTS,
  ...(endpoint !== undefined && { endpoint }),
  requestHandler: new NodeHttpHandler({
    connectionTimeout: CONNECT_LIMIT_MS,
    requestTimeout: REQUEST_LIMIT_MS,
    throwOnRequestTimeout: true,
    httpAgent: { maxSockets: SOCKETS },
    httpsAgent: { maxSockets: SOCKETS },
  }),
});
