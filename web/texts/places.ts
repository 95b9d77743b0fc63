import type { places as english } from "./en/places.ts";
import { locale } from "./texts.ts";

/** The words of the list, of orders and of a preview, in the page's language; the page of a sale loads none of them. */
export const placeTexts: typeof english =
  locale === "de" ? (await import("./de/places.ts")).places : (await import("./en/places.ts")).places;
