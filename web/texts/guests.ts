import type { guests as english } from "./en/guests.ts";
import { locale } from "./texts.ts";

/** The words of a sale's list, in the page's language; nobody is sent the others. */
export const guestTexts: typeof english =
  locale === "de" ? (await import("./de/guests.ts")).guests : (await import("./en/guests.ts")).guests;
