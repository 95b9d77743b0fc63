/**
 * The shopper's own variety of the page's language ("en-GB"), so that words and figures go together.
 *
 * A browser may list what is no language tag at all ("en-US@posix", where the system's locale is C); asking `Intl` for
 * that throws, and would take the whole page with it.
 */
export const localeTag = (languages: readonly string[], locale: string): string =>
  languages.find((language) => language.startsWith(locale) && isSupported(language)) ?? locale;

function isSupported(tag: string): boolean {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}
