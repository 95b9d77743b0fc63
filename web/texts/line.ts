import type { line as english } from "./en/line.ts";
import { locale } from "./texts.ts";

/** The words of a sale with a line, in the page's language; nobody is sent the others. */
export const lineTexts: typeof english =
  locale === "de" ? (await import("./de/line.ts")).line : (await import("./en/line.ts")).line;
