import { randomFillSync, randomUUID } from "node:crypto";

const ROOT = /(?:^|;)Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/;

const RANDOM_BYTES = 12;
/** Random bytes for many ids: asking for them one id at a time takes ten times as long. */
const pool = Buffer.alloc(RANDOM_BYTES * 512);
let used = pool.length;

function randomHex(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += RANDOM_BYTES;
  return pool.toString("hex", used - RANDOM_BYTES, used);
}

/** A trace id as X-Ray makes them. */
export function newTraceId(): string {
  const seconds = Math.floor(Date.now() / 1000)
    .toString(16)
    .padStart(8, "0");
  return `1-${seconds}-${randomHex()}`;
}

/**
 * What Lambda writes into `_X_AMZN_TRACE_ID` before an invocation. Here the root is the one that API Gateway's stand-in
 * put into the event's header, else a new one; on AWS Lambda begins a trace of its own for an HTTP API.
 */
export function invocationTraceHeader(event: unknown): string {
  const { headers } = event as { readonly headers?: Readonly<Record<string, string>> };
  const root = ROOT.exec(headers?.["x-amzn-trace-id"] ?? "")?.[1] ?? newTraceId();
  return `Root=${root};Parent=${randomUUID().replaceAll("-", "").slice(0, 16)};Sampled=0`;
}
