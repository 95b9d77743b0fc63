import { picturesClient } from "../../core/clients/pictures.ts";
import { loadConfig } from "../../core/config.ts";
import type { Pictures } from "../../core/picture/pictures.dynamo.ts";
import { type WithPicture, withPicture } from "../../core/picture/with-picture.ts";
import type { PictureReference } from "../../core/contract/picture.ts";
import { refuse } from "../answer/answer.ts";
import { Refused } from "../request/request.ts";

const config = loadConfig(["PICTURE_TABLE", "DYNAMODB_ENDPOINT"]);

export const pictures = (): Promise<Pictures> => picturesClient(config);

/** A sale's settings with the picture that they name. @throws Refused when none was stored under its id. */
export async function readPicture<T extends { readonly picture?: PictureReference | null | undefined }>(
  settings: T,
): Promise<WithPicture<T>> {
  const complete = await withPicture(await pictures(), settings);
  if (complete) return complete;
  const message = "must be the id of a picture that was stored";
  throw new Refused(refuse("invalid_request", { errors: [{ field: "picture.id", message }] }));
}
