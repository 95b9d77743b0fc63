import { consoleTexts as german } from "./de/console.ts";
import { consoleTexts as english } from "./en/console.ts";
import { type Locale, localeOfPath } from "./locale.ts";
import { locale } from "./texts.ts";

/** All words of the console in this language. */
export const consoleIn = (language: Locale) => (language === "de" ? german : english);

/** What a page of the console at this address is made with. */
export const consoleOf = (path: string) => consoleIn(localeOfPath(path));

/** What the console's scripts write, in the page's language. */
export const consoleTexts = consoleIn(locale);
