import type { Language } from "../../core/contract/language.ts";

export const locales = ["en", "de"] as const satisfies readonly Language[];
export type Locale = (typeof locales)[number];

/** English lives at the root, every other language under its own folder. */
export const localePath = (locale: Locale, path: string): string =>
  locale === "en" ? path : `/${locale}${path}`;

/** A sale's own address, to be linked and shared. */
export const salePath = (locale: Locale, saleId: string): string =>
  localePath(locale, `/sale/${encodeURIComponent(saleId)}`);

/** A buyer's own order, for pages with script. */
export const orderPath = (locale: Locale, orderId: string): string =>
  localePath(locale, `/order/?id=${encodeURIComponent(orderId)}`);

/** Where to buy without script. */
export const plainPath = (locale: Locale, path = ""): string => `/plain/${locale}${path}`;

export const localeOfPath = (path: string): Locale =>
  locales.find((locale) => path === `/${locale}` || path.startsWith(`/${locale}/`)) ?? "en";

/** For the pages that exist in each language. */
export const localeRoutes = () =>
  locales.map((locale) => ({ params: { locale: locale === "en" ? undefined : locale } }));
