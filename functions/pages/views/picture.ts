import { pictureSizes } from "../../../core/contract/picture-sizes.ts";
import { jpegRendition, pictureUrl, srcsetOf } from "../../../core/contract/renditions.ts";
import type { SaleStatus } from "../../../core/contract/sale.ts";
import { html, type Html } from "./html.ts";

type Picture = NonNullable<SaleStatus["picture"]>;

/** Lets the browser fetch a sale's picture before any script has said that there is one: the rendition that it will show. */
export const picturePreload = (picture: Picture): Html =>
  html`<link
    rel="preload"
    as="image"
    type="image/${picture.format}"
    imagesrcset="${srcsetOf(picture)}"
    imagesizes="${pictureSizes.sale}"
    fetchpriority="high"
  />`;

/** A sale's picture on a page without script. */
export function pictureOf(picture: Picture): Html {
  const { width, height } = jpegRendition;
  return html`<div class="art">
    <picture>
      <source type="image/${picture.format}" srcset="${srcsetOf(picture)}" sizes="${pictureSizes.sale}" />
      <img
        src="${pictureUrl(picture, jpegRendition)}"
        width="${width}"
        height="${height}"
        alt="${picture.alt}"
      />
    </picture>
  </div>`;
}
