import { rehearsalTexts as german } from "./de/rehearsal.ts";
import { rehearsalTexts as english } from "./en/rehearsal.ts";
import type { Locale } from "./locale.ts";
import { locale } from "./texts.ts";

/** The words of the console's page of rehearsals. */
export const rehearsalsIn = (language: Locale) => (language === "de" ? german : english);

/** What the page's script writes, in the page's language. */
export const rehearsalTexts = rehearsalsIn(locale);
