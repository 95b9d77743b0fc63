/** An answer that is an error, as Stripe writes it. */
export class ApiError extends Error {
  readonly status: number;
  readonly error: Readonly<Record<string, unknown>>;
  constructor(status: number, error: Readonly<Record<string, unknown>> & { readonly message: string }) {
    super(error.message);
    this.status = status;
    this.error = error;
  }
}

export const invalid = (message: string, more: Readonly<Record<string, unknown>> = {}) =>
  new ApiError(400, { type: "invalid_request_error", message, ...more });

export const missing = (kind: string, id: string) =>
  new ApiError(404, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${kind}: '${id}'`,
  });

export const declined = (message: string, declineCode: string) =>
  new ApiError(402, { type: "card_error", code: "card_declined", decline_code: declineCode, message });
