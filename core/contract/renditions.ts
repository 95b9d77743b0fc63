import type { PictureId } from "../ids.ts";

/** Every picture is 4:3, so that a page reserves its place before it knows it. */
const heightOf = (width: number) => (width * 3) / 4;

/** What a picture's three widths are encoded in. A browser that cannot encode WebP sends JPEG. */
export const pictureFormats = ["webp", "jpeg"] as const;
export type PictureFormat = (typeof pictureFormats)[number];

/** In pixels; the shopper's browser chooses by its window and density. */
const WIDTHS = [480, 960, 1440] as const;

export type RenditionName = `${(typeof WIDTHS)[number]}.${"webp" | "jpg"}` | "1200.jpg";
export type Rendition = {
  /** The last part of its address. */
  readonly name: RenditionName;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly type: "image/webp" | "image/jpeg";
};

/** Most bytes of one rendition: an item of DynamoDB holds 400 KB. */
export const RENDITION_LIMIT_BYTES = 350 * 1024;

/** For whoever takes one JPEG and asks no questions: link previews, and browsers that do not know WebP. */
export const jpegRendition: Rendition = {
  name: "1200.jpg",
  width: 1200,
  height: heightOf(1200),
  type: "image/jpeg",
};

/** Those that a browser chooses from, smallest first. */
export const widthsOf = (format: PictureFormat): readonly Rendition[] =>
  WIDTHS.map((width) => ({
    name: `${width}.${format === "webp" ? "webp" : "jpg"}`,
    width,
    height: heightOf(width),
    type: `image/${format}`,
  }));

/** All renditions of a picture: no more, no fewer. */
export const renditionsOf = (format: PictureFormat): readonly Rendition[] => [
  ...widthsOf(format),
  jpegRendition,
];

/** The address of a rendition on the site's own host; what it answers never changes. */
export const pictureUrl = (picture: { readonly id: PictureId }, { name }: Pick<Rendition, "name">): string =>
  `/api/picture/${picture.id}/${name}`;

/** The addresses that a browser chooses from, each with its width. */
export const srcsetOf = (picture: { readonly id: PictureId; readonly format: PictureFormat }): string =>
  widthsOf(picture.format)
    .map((rendition) => `${pictureUrl(picture, rendition)} ${rendition.width}w`)
    .join(", ");
