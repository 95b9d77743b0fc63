import { type SaleStatus, pictureUrl, widthsOf } from "../api/contract.ts";

export type Picture = NonNullable<SaleStatus["picture"]>;

/** The addresses that a browser chooses from, each with its width. */
export const srcsetOf = (picture: Picture): string =>
  widthsOf(picture.format)
    .map((one) => `${pictureUrl(picture, one)} ${one.width}w`)
    .join(", ");
