import { type Locale, localeOfPath, localePath, locales } from "../../../texts/locale.ts";

const NAME = "flash-sale.locale";

const isLocale = (text: string | null | undefined): text is Locale => locales.some((known) => known === text);

function chosen(): string | null {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}

/** What the shopper once chose here, else the first of the browser's languages that the site speaks. */
function wantedLocale(): Locale {
  const kept = chosen();
  if (isLocale(kept)) return kept;
  return navigator.languages.map((tag) => tag.split("-")[0]).find(isLocale) ?? "en";
}

/** The path without its language. */
const bareOf = (path: string): string => {
  const current = localeOfPath(path);
  return current === "en" ? path : path.slice(`/${current}`.length) || "/";
};

const link = document.querySelector<HTMLAnchorElement>('[data-part="other-locale"]');
if (link) {
  // A sale's address is in its path or query, a preview's behind the hash, and the page was built without them.
  link.href =
    localePath(link.hreflang as Locale, bareOf(location.pathname)) + location.search + location.hash;
  link.addEventListener("click", () => {
    try {
      localStorage.setItem(NAME, link.hreflang);
    } catch {
      // The link works all the same; it is only not remembered.
    }
  });
  // Only from the address without a language: one that names it was meant.
  if (document.documentElement.lang === "en" && wantedLocale() === link.hreflang) location.replace(link.href);
}
