/** As much of an error as may be logged. */
export type PlainError = {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly cause?: PlainError;
};

/** So deep do the library's errors lie in each other. */
const DEEPEST = 4;

/**
 * Name, message and code of an error, and of what caused it. All else stays out of the log: the library's errors carry the claims
 * of an ID token, and with them somebody's mail address.
 */
export function plainError(error: unknown, depth = 1): PlainError {
  if (!(error instanceof Error)) return { name: typeof error, message: "" };
  const { name, message, cause } = error;
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  return {
    name,
    message,
    ...(code !== undefined && { code }),
    ...(cause instanceof Error && depth < DEEPEST && { cause: plainError(cause, depth + 1) }),
  };
}
