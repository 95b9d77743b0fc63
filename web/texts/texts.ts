import type { texts as english } from "./en/texts.ts";
import type { Locale } from "./locale.ts";

/** The page's language, which its address has chosen; English where there is no page. */
export const locale: Locale = globalThis.document?.documentElement.lang === "de" ? "de" : "en";

/** All words of the site that scripts write, in the page's language; nobody is sent the others. */
export const texts: typeof english =
  locale === "de" ? (await import("./de/texts.ts")).texts : (await import("./en/texts.ts")).texts;
