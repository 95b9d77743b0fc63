import type { Kysely } from "kysely";
import { recordAct } from "../acts/acts.postgres.ts";
import type { StorePictureRequest, StoredPicture } from "../contract/picture.ts";
import type { Actor } from "../identity/actor.ts";
import type { Database } from "../postgres/database.ts";
import { idOfFiles } from "./picture.ts";
import type { Pictures } from "./pictures.dynamo.ts";
import { readFiles, type WrongFile } from "./read-files.ts";

export type StoreOutcome =
  | { readonly kind: "stored"; readonly picture: StoredPicture }
  | { readonly kind: "wrong_files"; readonly errors: readonly WrongFile[] };

/**
 * Stores an upload once all its files have been seen to be right; repeating it finds the same picture. Who does it is written
 * first: a picture that nobody is named for is none that was stored here.
 */
export async function storePicture(
  { pictures, db }: { readonly pictures: Pictures; readonly db: Kysely<Database> },
  request: StorePictureRequest,
  actor: Actor,
  nowMs: number,
): Promise<StoreOutcome> {
  const read = readFiles(request);
  if (read.kind === "wrong") return { kind: "wrong_files", errors: read.errors };
  const id = idOfFiles(read.files);
  const { format } = request;
  const { buyerId, requestId } = actor;
  await recordAct(db, {
    actId: `picture_${id}_${requestId}`,
    doer: actor,
    action: "picture_stored",
    before: {},
    after: { picture: id, format, files: read.files.length },
  });
  await pictures.put(id, format, read.files, { storedBy: buyerId, storedAtMs: nowMs, requestId });
  return { kind: "stored", picture: { id, format } };
}
