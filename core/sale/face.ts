import { isDeepStrictEqual } from "node:util";
import type { Translations } from "../contract/translations.ts";
import { opensFirstAtMs } from "../guests/guests.ts";
import type { Picture } from "../picture/picture.ts";
import type { Sale } from "./sale.ts";

/** What a sale shows of what it sells, apart from its price, which never changes once it has begun. */
export type Face = {
  readonly name: string;
  readonly description: string;
  readonly translations: Translations;
  readonly picture: Picture | null;
};

/** As the sale was shown before it was changed, until that instant. */
export type PastFace = Face & { readonly untilMs: number };

/** A sale keeps so many past faces, each of at most some kilobytes, in its one record. */
export const MOST_FACES = 30;

const faceOf = ({ name, description, translations, picture }: Face): Face => ({
  name,
  description,
  translations,
  picture,
});

export const isSameFace = (a: Face, b: Face): boolean =>
  a.name === b.name &&
  a.description === b.description &&
  isDeepStrictEqual(a.translations, b.translations) &&
  a.picture?.id === b.picture?.id &&
  a.picture?.alt === b.picture?.alt;

/**
 * The past faces of a sale once it is changed: its present one is kept if it goes and somebody may have bought under it.
 *
 * @param nowMs by the gate's clock, which orders bear. An order of the very second of a change may bear either face.
 */
export function facesAfter(
  sale: Face & Pick<Sale, "startsAtMs" | "guests" | "faces">,
  next: Face,
  nowMs: number,
): readonly PastFace[] {
  if (isSameFace(sale, next) || nowMs < opensFirstAtMs(sale)) return sale.faces;
  return [...sale.faces, { ...faceOf(sale), untilMs: nowMs }];
}

/** What was bought by an order of that instant: the sale as it was shown then. */
export const faceAt = (sale: Face & Pick<Sale, "faces">, atMs: number): Face =>
  faceOf(sale.faces.find(({ untilMs }) => atMs < untilMs) ?? sale);
