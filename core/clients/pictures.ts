import type { Config } from "../config.ts";
import { once } from "../opened.ts";
import type { Pictures } from "../picture/pictures.dynamo.ts";

export const picturesClient = (config: Config<"PICTURE_TABLE" | "DYNAMODB_ENDPOINT">): Promise<Pictures> =>
  once("pictures", async () => {
    const [{ openDocumentClient }, { createPictures }] = await Promise.all([
      import("../dynamo/sdk-client.dynamo.ts"),
      import("../picture/pictures.dynamo.ts"),
    ]);
    const dynamo = openDocumentClient(config.DYNAMODB_ENDPOINT);
    return { client: createPictures(dynamo, config.PICTURE_TABLE), close: async () => dynamo.destroy() };
  });
