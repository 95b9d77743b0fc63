import * as v from "valibot";
import { pictureId } from "./ids.ts";
import { type PictureFormat, pictureFormats, RENDITION_LIMIT_BYTES, renditionsOf } from "./renditions.ts";
import { storableLine } from "./text.ts";

/** A sale's picture as pages show it. Its renditions and their addresses are in renditions.ts. */
export const picture = v.object({
  id: pictureId,
  /** What it shows, for who does not see it. */
  alt: v.string(),
  format: v.picklist(pictureFormats),
});

const renditionNames = [...new Set(pictureFormats.flatMap(renditionsOf).map(({ name }) => name))];
export const renditionName = v.picklist(renditionNames, `must be one of ${renditionNames.join(", ")}`);

const alt = v.pipe(
  v.string("must say what the picture shows"),
  storableLine,
  v.trim(),
  v.minLength(1, "must say what the picture shows"),
  v.maxLength(250, "must be at most 250 characters"),
);

/** How a sale names its picture, which must have been stored before. */
export const pictureReference = v.strictObject({ id: pictureId, alt });
export type PictureReference = v.InferOutput<typeof pictureReference>;

const base64Length = (bytes: number) => Math.ceil(bytes / 3) * 4;
const file = v.pipe(
  v.string("must be the file in base64"),
  v.maxLength(
    base64Length(RENDITION_LIMIT_BYTES),
    `must be at most ${RENDITION_LIMIT_BYTES} bytes before base64`,
  ),
  v.regex(/^[A-Za-z0-9+/]+={0,2}$/, "must be the file in base64"),
);

const upload = <Format extends PictureFormat>(format: Format) =>
  v.strictObject({
    format: v.literal(format),
    renditions: v.strictObject(
      Object.fromEntries(renditionsOf(format).map(({ name }) => [name, file])) as Record<string, typeof file>,
      ({ expected, received }) =>
        expected === "never" ? `${received} is none of its renditions` : `${expected} is missing`,
    ),
  });

/** Four files of 4:3: three widths in one format to choose from, and a JPEG. */
export const storePictureRequest = v.variant(
  "format",
  [upload("webp"), upload("jpeg")],
  "must be webp or jpeg",
);
export type StorePictureRequest = v.InferOutput<typeof storePictureRequest>;

/** All files in base64, and the JSON around them. */
export const STORE_PICTURE_LIMIT_BYTES = 4 * base64Length(RENDITION_LIMIT_BYTES) + 1024;

export const storedPicture = v.object({ id: pictureId, format: v.picklist(pictureFormats) });
export type StoredPicture = v.InferOutput<typeof storedPicture>;
