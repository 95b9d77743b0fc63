import type { StorePictureRequest, StoredPicture } from "../contract/picture.ts";
import type { Actor } from "../identity/actor.ts";
import { idOfFiles } from "./picture.ts";
import type { Pictures } from "./pictures.dynamo.ts";
import { readFiles, type WrongFile } from "./read-files.ts";

export type StoreOutcome =
  | { readonly kind: "stored"; readonly picture: StoredPicture }
  | { readonly kind: "wrong_files"; readonly errors: readonly WrongFile[] };

/** Stores an upload once all its files have been seen to be right; repeating it finds the same picture. */
export async function storePicture(
  pictures: Pictures,
  request: StorePictureRequest,
  { buyerId, requestId }: Actor,
  nowMs: number,
): Promise<StoreOutcome> {
  const read = readFiles(request);
  if (read.kind === "wrong") return { kind: "wrong_files", errors: read.errors };
  const id = idOfFiles(read.files);
  const { format } = request;
  await pictures.put(id, format, read.files, { storedBy: buyerId, storedAtMs: nowMs, requestId });
  return { kind: "stored", picture: { id, format } };
}
