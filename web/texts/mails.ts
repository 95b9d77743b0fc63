import { mails as german } from "./de/mails.ts";
import { mails as english } from "./en/mails.ts";
import type { Locale } from "./locale.ts";

/** What a mail in this language says. */
export const mailsIn = (locale: Locale) => (locale === "de" ? german : english);
