import { imageDimensionsFromData } from "image-dimensions";
import type { StorePictureRequest } from "../contract/picture.ts";
import { type Rendition, RENDITION_LIMIT_BYTES, renditionsOf } from "../contract/renditions.ts";
import type { RenditionFile } from "./picture.ts";

export type WrongFile = { readonly field: string; readonly message: string };
export type ReadFiles =
  | { readonly kind: "valid"; readonly files: readonly RenditionFile[] }
  | { readonly kind: "wrong"; readonly errors: readonly WrongFile[] };

/** The files of an upload, each seen to be what its name says. Whoever sent them says nothing that counts. */
export function readFiles({ format, renditions }: StorePictureRequest): ReadFiles {
  const read = renditionsOf(format).map((rendition) => {
    const bytes = Buffer.from(renditions[rendition.name] ?? "", "base64");
    return { file: { name: rendition.name, bytes }, wrong: wrongWith(bytes, rendition) };
  });
  const errors = read.flatMap(({ file, wrong }) =>
    wrong ? [{ field: `renditions.${file.name}`, message: wrong }] : [],
  );
  return errors.length > 0
    ? { kind: "wrong", errors }
    : { kind: "valid", files: read.map(({ file }) => file) };
}

/** What a file is not; null if it is a whole, still picture of the rendition's type and size. */
function wrongWith(bytes: Buffer, { type, width, height }: Rendition): string | null {
  if (bytes.length > RENDITION_LIMIT_BYTES) return `must be at most ${RENDITION_LIMIT_BYTES} bytes`;
  const seen = imageDimensionsFromData(bytes);
  if (`image/${seen?.type}` !== type) return `must be a file of type ${type}`;
  if (seen?.width !== width || seen.height !== height)
    return `must be ${width} × ${height} pixels, not ${seen?.width} × ${seen?.height}`;
  if (!(type === "image/webp" ? isWholeWebp(bytes) : isWholeJpeg(bytes)))
    return "must be one whole file, with nothing missing and nothing after its end";
  return type === "image/webp" && isAnimated(bytes) ? "must not move" : null;
}

/** A RIFF file says its own length, less its first eight bytes. */
const isWholeWebp = (bytes: Buffer) => bytes.readUInt32LE(4) === bytes.length - 8;

/** A JPEG file ends with its marker for the end of the image. */
const isWholeJpeg = (bytes: Buffer) => bytes.readUInt16BE(bytes.length - 2) === 0xffd9;

/** An extended WebP file says in its second flag whether it is animated. */
const isAnimated = (bytes: Buffer) =>
  bytes.toString("latin1", 12, 16) === "VP8X" && (bytes.readUInt8(20) & 0b10) !== 0;
