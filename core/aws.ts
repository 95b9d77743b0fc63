import { NodeHttpHandler } from "@smithy/node-http-handler";

/**
 * Time limits of every AWS call: two attempts of a second each stay well inside the shortest function. An attempt that
 * runs out is unclear, never failed.
 */
const CONNECT_TIMEOUT_MS = 500;
const REQUEST_TIMEOUT_MS = 1_000;
const ATTEMPTS = 2;
const SOCKETS = 128;

/** Settings of a client, for AWS itself or a stand-in at `endpoint`. */
export const awsClientSettings = (endpoint: string | undefined) => ({
  maxAttempts: ATTEMPTS,
  ...(endpoint !== undefined && { endpoint }),
  requestHandler: new NodeHttpHandler({
    connectionTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
    httpAgent: { maxSockets: SOCKETS },
    httpsAgent: { maxSockets: SOCKETS },
  }),
});
