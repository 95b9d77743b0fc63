/** SES takes none of the sender's mails at the moment: the same mail may go out later. */
const LATER =
  /^(TooManyRequestsException|LimitExceededException|SendingPausedException|AccountSuspendedException|MailFromDomainNotVerifiedException|NotFoundException|AccessDeniedException|InternalServiceErrorException)$/;
/** Nothing was listening, so nothing was heard. */
const NOT_REACHED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH)$/;

/** `not_sent`: surely not, and it may go later. `never`: SES will not take this mail. `unclear`: it may have gone out. */
export type MailFailure = "not_sent" | "never" | "unclear";

type SdkError = Error & {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
};

/** What it means for a mail that handing it to SES has thrown this. */
export function failureOf(error: unknown): MailFailure {
  if (!(error instanceof Error)) return "unclear";
  const { name, code, $metadata } = error as SdkError;
  const status = $metadata?.httpStatusCode;
  const isNotReached = NOT_REACHED.test(code ?? "") || /did not establish a connection/.test(error.message);
  if (isNotReached || LATER.test(name)) return "not_sent";
  if (status === undefined) return "unclear";
  if (status === 429 || status === 403 || status >= 500) return "not_sent";
  return status >= 400 ? "never" : "unclear";
}
