import type { Locale } from "../../../web/texts/locale.ts";

const tags = { en: "en-GB", de: "de-DE" } as const satisfies Record<Locale, string>;

/** Minor units as the decimal that the currency is written with: 34900 EUR is "349.00". */
export const decimalPrice = (priceMinor: number, currency: string): string => {
  const digits = digitsOf(currency);
  return (priceMinor / 10 ** digits).toFixed(digits);
};

const digitsOf = (currency: string): number =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;

export const formatPrice = (locale: Locale, priceMinor: number, currency: string): string =>
  new Intl.NumberFormat(tags[locale], { style: "currency", currency }).format(
    priceMinor / 10 ** digitsOf(currency),
  );

/** Day and time with the zone named. A server does not know the shopper's zone: the shop's, or UTC, and it says which. */
export const formatMoment = (locale: Locale, instant: string, timeZone = "UTC"): string =>
  new Intl.DateTimeFormat(tags[locale], {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZone,
    timeZoneName: "short",
  }).format(Date.parse(instant));

export const formatCount = (locale: Locale, value: number): string =>
  new Intl.NumberFormat(tags[locale]).format(value);
