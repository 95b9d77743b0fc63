import type { withdrawal as english } from "./en/withdrawal.ts";
import { locale } from "./texts.ts";

/** The words of withdrawing from an order, in the page's language; nobody is sent the others. */
export const withdrawalTexts: typeof english =
  locale === "de"
    ? (await import("./de/withdrawal.ts")).withdrawal
    : (await import("./en/withdrawal.ts")).withdrawal;
