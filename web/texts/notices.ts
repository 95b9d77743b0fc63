import { notices as german } from "./de/notices.ts";
import { notices as english } from "./en/notices.ts";
import type { Locale } from "./locale.ts";

/** What a browser shows of a notice in this language, under the sale's name. */
export const noticesIn = (locale: Locale) => (locale === "de" ? german : english);
