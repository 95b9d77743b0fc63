/** The longest that a purchase can run. A recovery drains for longer than that. */
export const PURCHASE_TIME_LIMIT_SECONDS = 5;

/** Largest request body that any function reads, in bytes; but for those whose route says otherwise. */
export const BODY_LIMIT_BYTES = 16 * 1024;
