import type { Answered } from "./post.http.ts";

/** What AWS answered in place of a result; its name is that of AWS's own list, as the SDK's errors have it. */
export class AwsError extends Error {
  readonly status: number;
  /** All that the answer said, such as the item that was in the way. */
  readonly details: Readonly<Record<string, unknown>>;
  constructor(name: string, message: string, status: number, details: Readonly<Record<string, unknown>>) {
    super(message);
    this.name = name;
    this.status = status;
    this.details = details;
  }
}

/** The error in an answer that is none of a result; one without a name of its own is called by its status. */
export function errorOf({ status, text }: Answered): AwsError {
  const details = parse(text);
  const type = details["__type"];
  // Written as `namespace#Name`, and by some services with an address behind it.
  const name = typeof type === "string" ? (type.split("#").at(-1) ?? type).split(":")[0] : undefined;
  const message = details["message"] ?? details["Message"];
  return new AwsError(
    name || (status >= 500 ? "ServiceUnavailable" : "UnknownError"),
    typeof message === "string" ? message : `AWS answered ${status}`,
    status,
    details,
  );
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const THROTTLED =
  /^(ThrottlingException|ThrottledException|Throttling|RequestThrottled(Exception)?|ProvisionedThroughputExceededException|RequestLimitExceeded|TooManyRequestsException|SlowDown|BandwidthLimitExceeded|LimitExceededException|PriorRequestNotComplete|EC2ThrottledException|TransactionInProgressException)$/;
const PASSING = /^(TimeoutError|RequestTimeout(Exception)?|InternalServerError|InternalFailure)$/;
const BROKEN_CONNECTION = /^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/;
const WRONG_CLOCK =
  /^(InvalidSignatureException|SignatureDoesNotMatch|RequestExpired|RequestInTheFuture|RequestTimeTooSkewed|AuthFailure)$/;

export type Remedy = "wait" | "wait_longer" | "set_clock" | "none";

/** What helps when a call failed, as the SDK's standard mode has it: to repeat it after a while, or by another clock. */
export function remedyOf(error: unknown): Remedy {
  if (!(error instanceof Error)) return "none";
  const { name, code, status } = error as Error & { readonly code?: string; readonly status?: number };
  if (THROTTLED.test(name) || status === 429) return "wait_longer";
  if (WRONG_CLOCK.test(name)) return "set_clock";
  if (PASSING.test(name) || BROKEN_CONNECTION.test(code ?? "")) return "wait";
  return status !== undefined && [500, 502, 503, 504].includes(status) ? "wait" : "none";
}
