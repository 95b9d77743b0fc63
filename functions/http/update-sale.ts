import { applyChange } from "../administration.ts";
import { endpoint } from "../endpoint.ts";
import { readPicture } from "../pictures.ts";

export const handler = endpoint("updateSale", async (request) =>
  applyChange(request, await readPicture(request.body)),
);
