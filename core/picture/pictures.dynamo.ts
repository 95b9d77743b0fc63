import { type DynamoDBDocumentClient, GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as v from "valibot";
import { type PictureFormat, pictureFormats, type RenditionName } from "../contract/renditions.ts";
import type { PictureId } from "../ids.ts";
import type { RenditionFile } from "./picture.ts";

/** Who stored a picture first, and when. */
export type StoredBy = { readonly storedBy: string; readonly storedAtMs: number; readonly requestId: string };

const head = v.object({ format: v.picklist(pictureFormats) });
const file = v.object({ bytes: v.instance(Uint8Array) });

const fileKey = (id: PictureId, name: RenditionName) => ({ pk: `${id}/${name}` });
const headKey = (id: PictureId) => ({ pk: id });

export type Pictures = ReturnType<typeof createPictures>;

/**
 * The pictures: an item for each rendition, and one that says that all are there, written last. Each is put once and
 * never changed, since the id is the hash of what it names.
 *
 * Reads are strongly consistent: a sale may name a picture as soon as it is stored. Each method throws what the client
 * throws when the store does not answer in time; what was put then stays, harmless, and putting again finishes it.
 */
export function createPictures(client: DynamoDBDocumentClient, table: string) {
  async function putOnce(item: Record<string, unknown>): Promise<void> {
    try {
      const once = { ConditionExpression: "attribute_not_exists(pk)" };
      await client.send(new PutCommand({ TableName: table, Item: item, ...once }));
    } catch (error) {
      if (!(error instanceof Error && error.name === "ConditionalCheckFailedException")) throw error;
    }
  }

  const get = async (Key: Record<string, string>) =>
    (await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }))).Item;

  return {
    async put(
      id: PictureId,
      format: PictureFormat,
      files: readonly RenditionFile[],
      by: StoredBy,
    ): Promise<void> {
      await Promise.all(files.map(({ name, bytes }) => putOnce({ ...fileKey(id, name), bytes })));
      await putOnce({ ...headKey(id), format, ...by });
    },

    /** Null: there is no such picture. */
    async formatOf(id: PictureId): Promise<PictureFormat | null> {
      const item = await get(headKey(id));
      return item ? v.parse(head, item).format : null;
    },

    /** A rendition's bytes; null if there is none. */
    async file(id: PictureId, name: RenditionName): Promise<Uint8Array | null> {
      const item = await get(fileKey(id, name));
      return item ? v.parse(file, item).bytes : null;
    },
  };
}
