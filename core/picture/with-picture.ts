import type { PictureReference } from "../contract/picture.ts";
import type { Picture } from "./picture.ts";
import type { Pictures } from "./pictures.dynamo.ts";

type Asked = { readonly picture?: PictureReference | null | undefined };
export type WithPicture<T extends Asked> = Omit<T, "picture"> & { readonly picture?: Picture | null };

/** A sale's settings with the picture that they name; null if none was stored under its id. */
export async function withPicture<T extends Asked>(
  pictures: Pick<Pictures, "formatOf">,
  request: T,
): Promise<WithPicture<T> | null> {
  const { picture, ...settings } = request;
  if (!picture) return { ...settings, ...(picture === null && { picture }) };
  const format = await pictures.formatOf(picture.id);
  return format && { ...settings, picture: { ...picture, format } };
}
