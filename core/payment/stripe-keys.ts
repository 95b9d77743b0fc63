type Keyed = { readonly idempotencyKey: string; readonly maxNetworkRetries?: number };

/** Keys tried in one call: each that was answered with an error of Stripe's own is kept so for a day. */
const MOST_KEYS = 12;

type Counting = {
  readonly firstCount?: number;
  /** What was asked for under the key may have been something else: then it was refused, and another key is taken. */
  readonly mayDiffer?: boolean;
};

/**
 * Asks with a key, and with a counted one if Stripe has kept an error under it: Stripe gives the first answer of a key
 * again for a day, and errors of its own too. https://docs.stripe.com/api/idempotent_requests
 *
 * @param call is given the key; once more for each key that is spent.
 */
export async function askWithKey<T>(
  key: string,
  call: (keyed: Keyed) => Promise<T>,
  { firstCount = 1, mayDiffer = false }: Counting = {},
): Promise<T> {
  for (let count = firstCount; ; count++) {
    try {
      return await call(
        count === 1 ? { idempotencyKey: key } : { idempotencyKey: `${key}:${count}`, maxNetworkRetries: 0 },
      );
    } catch (error) {
      const isSpent = isKeptFault(error) || (mayDiffer && isOtherRequest(error));
      if (!isSpent || count >= firstCount + MOST_KEYS) throw error;
    }
  }
}

/** The key was used with other parameters. The name is that of Stripe's SDK. */
const isOtherRequest = (error: unknown): boolean =>
  (error as { readonly type?: unknown } | null)?.type === "StripeIdempotencyError";

/** As Stripe's SDK throws it; that is imported by the adapter alone. */
function isKeptFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { statusCode = 0, headers = {} } = error as {
    readonly statusCode?: number;
    readonly headers?: Readonly<Record<string, string>>;
  };
  return statusCode >= 500 && headers["idempotent-replayed"] === "true";
}
