import { faces as german } from "./de/faces.ts";
import { pages as germanPages } from "./de/pages.ts";
import { faces as english } from "./en/faces.ts";
import { pages as englishPages } from "./en/pages.ts";
import { type Locale, localeOfPath } from "./locale.ts";

/** What a page of this address is built with. */
export const wordsOf = (path: string) => {
  const locale: Locale = localeOfPath(path);
  return locale === "de"
    ? { locale, pages: germanPages, faces: german }
    : { locale, pages: englishPages, faces: english };
};
