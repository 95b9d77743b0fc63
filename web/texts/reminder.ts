import type { reminder as english } from "./en/reminder.ts";
import { locale } from "./texts.ts";

/** The words of asking for a mail before a sale opens, in the page's language; nobody is sent the others. */
export const reminderTexts: typeof english =
  locale === "de" ? (await import("./de/reminder.ts")).reminder : (await import("./en/reminder.ts")).reminder;
