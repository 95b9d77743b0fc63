import { line as germanLine } from "./de/line.ts";
import { partly as germanPartly, rejections as germanRejections } from "./de/faces.ts";
import { plain as german } from "./de/plain.ts";
import { line as englishLine } from "./en/line.ts";
import { partly as englishPartly, rejections as englishRejections } from "./en/faces.ts";
import { plain as english } from "./en/plain.ts";
import type { Shop } from "../../core/contract/shop.ts";
import type { Locale } from "./locale.ts";
import { type Words, wordsIn } from "./pages.ts";

export type PlainWords = Words & {
  readonly shop: Shop;
  readonly plain: typeof english;
  readonly line: typeof englishLine;
  /** Why an order was rejected, by the API's reason. */
  readonly rejections: Readonly<Record<string, string>>;
  readonly partly: typeof englishPartly;
};

/** The words of a page that works without script. */
export const plainWordsIn = (locale: Locale, shop: Shop): PlainWords =>
  locale === "de"
    ? {
        ...wordsIn("de"),
        shop,
        plain: german,
        line: germanLine,
        rejections: germanRejections,
        partly: germanPartly,
      }
    : {
        ...wordsIn("en"),
        shop,
        plain: english,
        line: englishLine,
        rejections: englishRejections,
        partly: englishPartly,
      };
