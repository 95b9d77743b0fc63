type Keyed = { readonly idempotencyKey: string; readonly maxNetworkRetries?: number };

/** Keys tried in one call: each that was answered with an error of Stripe's own is kept so for a day. */
const MOST_KEYS = 12;

/**
 * Asks with a key, and with a counted one if Stripe has kept an error under it: Stripe gives the first answer of a key
 * again for a day, and errors of its own too. https://docs.stripe.com/api/idempotent_requests
 *
 * @param call is given the key; once more for each key that is spent.
 */
export async function askWithKey<T>(
  key: string,
  call: (keyed: Keyed) => Promise<T>,
  firstCount = 1,
): Promise<T> {
  for (let count = firstCount; ; count++) {
    try {
      return await call(
        count === 1 ? { idempotencyKey: key } : { idempotencyKey: `${key}:${count}`, maxNetworkRetries: 0 },
      );
    } catch (error) {
      if (!isKeptFault(error) || count >= firstCount + MOST_KEYS) throw error;
    }
  }
}

/** As Stripe's SDK throws it; that is imported by the adapter alone. */
function isKeptFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { statusCode = 0, headers = {} } = error as {
    readonly statusCode?: number;
    readonly headers?: Readonly<Record<string, string>>;
  };
  return statusCode >= 500 && headers["idempotent-replayed"] === "true";
}
