import {
  type PictureFormat,
  type Rendition,
  RENDITION_LIMIT_BYTES,
  type StorePictureRequest,
  renditionsOf,
} from "../api/contract.ts";
import { type Size, cropTo } from "./crop.ts";

/** A camera's largest files; what is beyond is no photograph. */
const FILE_LIMIT_BYTES = 40 * 1024 * 1024;
/** From hardly visible to visible; the first that fits is taken. */
const QUALITIES = [0.82, 0.7, 0.55, 0.4, 0.25];

export type EncodeOutcome =
  | {
      readonly kind: "encoded";
      readonly upload: StorePictureRequest;
      readonly preview: HTMLCanvasElement;
      readonly bytes: number;
    }
  | { readonly kind: "unreadable" | "too_large" | "too_detailed" }
  | { readonly kind: "too_small"; readonly size: Size; readonly least: Size };

/** Makes of a file the renditions that pages show. What else is in it, such as where it was taken, stays behind. */
export async function encodePicture(file: Blob): Promise<EncodeOutcome> {
  if (file.size > FILE_LIMIT_BYTES) return { kind: "too_large" };
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return { kind: "unreadable" };
  try {
    const format = (await canEncode("image/webp")) ? "webp" : "jpeg";
    return await encode(picture, format);
  } finally {
    picture.close();
  }
}

async function encode(picture: ImageBitmap, format: PictureFormat): Promise<EncodeOutcome> {
  const all = renditionsOf(format);
  const least = all.reduce((widest, rendition) => (rendition.width > widest.width ? rendition : widest));
  const crop = cropTo(least, picture);
  if (crop.width < least.width || crop.height < least.height)
    return { kind: "too_small", size: { width: picture.width, height: picture.height }, least };
  const files: [Rendition, HTMLCanvasElement, Blob][] = [];
  for (const rendition of all) {
    const canvas = draw(picture, crop, rendition);
    const blob = await fitting(canvas, rendition.type);
    if (!blob) return { kind: "too_detailed" };
    files.push([rendition, canvas, blob]);
  }
  const named = files.map(async ([{ name }, , blob]) => [name, await toBase64(blob)] as const);
  return {
    kind: "encoded",
    upload: { format, renditions: Object.fromEntries(await Promise.all(named)) },
    preview: files[1]![1],
    bytes: files.reduce((sum, [, , blob]) => sum + blob.size, 0),
  };
}

/** What is see-through becomes white: JPEG would make it black. */
function draw(
  picture: ImageBitmap,
  crop: ReturnType<typeof cropTo>,
  { width, height }: Size,
): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d")!;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, crop.x, crop.y, crop.width, crop.height, 0, 0, width, height);
  return canvas;
}

/** The best quality that the API takes; null if not even the worst fits. */
async function fitting(canvas: HTMLCanvasElement, type: string): Promise<Blob | null> {
  for (const quality of QUALITIES) {
    const blob = await toBlob(canvas, type, quality);
    if (blob && blob.size <= RENDITION_LIMIT_BYTES) return blob;
  }
  return null;
}

const toBlob = (canvas: HTMLCanvasElement, type: string, quality: number) =>
  new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));

/** A browser that cannot encode a type makes a PNG instead. */
async function canEncode(type: string): Promise<boolean> {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  return (await toBlob(canvas, type, 1))?.type === type;
}

function toBase64(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve((reader.result as string).split(",", 2)[1] ?? ""));
    reader.addEventListener("error", () => reject(reader.error ?? new Error("unreadable")));
    reader.readAsDataURL(blob);
  });
}
