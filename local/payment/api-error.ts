/** Stripe's words for errors that are played here; stripe-conformance.test.ts holds them to what Stripe publishes. */
export const errorTypes = ["api_error", "card_error", "idempotency_error", "invalid_request_error"] as const;
export const errorCodes = [
  "card_declined",
  "charge_already_refunded",
  "idempotency_key_in_use",
  "parameter_invalid_integer",
  "parameter_unknown",
  "payment_intent_unexpected_state",
  "rate_limit",
  "resource_missing",
] as const;

type ErrorBody = {
  readonly type: (typeof errorTypes)[number];
  readonly message: string;
  readonly code?: (typeof errorCodes)[number];
  readonly decline_code?: string;
  readonly param?: string;
};

/** An answer that is an error, as Stripe writes it. */
export class ApiError extends Error {
  readonly status: number;
  readonly error: ErrorBody;
  constructor(status: number, error: ErrorBody) {
    super(error.message);
    this.status = status;
    this.error = error;
  }
}

export const invalid = (message: string, more: Omit<ErrorBody, "type" | "message"> = {}) =>
  new ApiError(400, { type: "invalid_request_error", message, ...more });

export const missing = (kind: string, id: string) =>
  new ApiError(404, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${kind}: '${id}'`,
  });

export const declined = (message: string, declineCode: string) =>
  new ApiError(402, { type: "card_error", code: "card_declined", decline_code: declineCode, message });

/** Nothing was done: somebody else asks for the same at this moment, or too much is asked. */
export const busy = {
  key_in_use: new ApiError(409, {
    type: "idempotency_error",
    code: "idempotency_key_in_use",
    message: "There is currently another in-progress request using this Idempotency Key.",
  }),
  rate_limited: new ApiError(429, {
    type: "invalid_request_error",
    code: "rate_limit",
    message: "Too many requests",
  }),
} as const;
