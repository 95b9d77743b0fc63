export type Size = { readonly width: number; readonly height: number };
export type Crop = Size & { readonly x: number; readonly y: number };

/** The largest part of a picture that has the proportions of `shape`, about its middle; in whole pixels. */
export function cropTo(shape: Size, picture: Size): Crop {
  const scale = Math.min(picture.width / shape.width, picture.height / shape.height);
  const width = Math.round(shape.width * scale);
  const height = Math.round(shape.height * scale);
  return {
    width,
    height,
    x: Math.floor((picture.width - width) / 2),
    y: Math.floor((picture.height - height) / 2),
  };
}
