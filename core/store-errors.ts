/** Names and codes with which the clients of the stores say that a store did not answer, or not in time. */
const SILENT =
  /^(TimeoutError|AbortError|MaxRetriesPerRequestError|NetworkingError|ServiceUnavailable|InternalServerError|ThrottlingException|ProvisionedThroughputExceededException|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|08\w{3}|53\w{3}|57P0\d|57014|25P03)$/;
/** Clients that say it in words only. */
const SILENT_WORDS =
  /timed? ?out|timeout|Connection is closed|Connection terminated|LOADING|READONLY|MASTERDOWN/i;

/** Whether an error means that a store was silent, so that the truth is unknown; anything else is a defect. */
export function isStoreSilent(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = (cause as { code?: unknown }).code;
    if (SILENT.test(cause.name) || (typeof code === "string" && SILENT.test(code))) return true;
    if (SILENT_WORDS.test(cause.message)) return true;
    if (cause instanceof AggregateError && cause.errors.some(isStoreSilent)) return true;
  }
  return false;
}
