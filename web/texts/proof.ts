import { proof as german } from "./de/proof.ts";
import { proof as english } from "./en/proof.ts";
import type { Locale } from "./locale.ts";

/** The words of the page that re-derives a line. */
export const proofWordsIn = (locale: Locale): typeof english => (locale === "de" ? german : english);
