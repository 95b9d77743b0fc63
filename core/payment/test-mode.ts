/**
 * Whether a key of the provider is of its test mode, in which no money moves. By Stripe's own prefixes; what has another is taken for a
 * live one. https://docs.stripe.com/keys
 */
export const isTestKey = (key: string): boolean => /^(?:sk|rk)_test_/.test(key);

/** The test mode's payment whose page this is; null: it is none, and nobody but a person pays it. */
export const testPaymentIn = (url: string): string | null =>
  /\/(cs_test_[0-9A-Za-z]+)/.exec(url)?.[1] ?? null;
