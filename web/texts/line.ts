import { line as german } from "./de/line.ts";
import { line as english } from "./en/line.ts";
import { locale } from "./texts.ts";

/** The words of a sale with a line, in the page's language. */
export const lineTexts = locale === "de" ? german : english;
