/**
 * Currencies that sales can be paid in, with their decimals. A price is a whole number of the currency's smallest unit, and
 * the payment provider must count in the same unit as the pages that show it. They differ for some: Intl shows an Icelandic
 * króna without decimals, and the provider counts it in hundredths. So only what both count alike is here.
 */
const decimals = {
  AUD: 2,
  CAD: 2,
  CHF: 2,
  CZK: 2,
  DKK: 2,
  EUR: 2,
  GBP: 2,
  JPY: 0,
  KRW: 0,
  NOK: 2,
  NZD: 2,
  PLN: 2,
  SEK: 2,
  USD: 2,
} as const satisfies Readonly<Record<string, number>>;

export const paymentCurrencies: readonly string[] = /* @__PURE__ */ Object.keys(decimals);

/** As the payment provider counts. */
export const decimalsAtProvider = (currency: string): number | undefined =>
  Object.hasOwn(decimals, currency) ? decimals[currency as keyof typeof decimals] : undefined;

export const isPayable = (currency: string): boolean => decimalsAtProvider(currency) !== undefined;
