import { applyChange } from "../compose/apply-change.ts";
import { endpoint } from "../compose/endpoint.ts";
import { readPicture } from "../compose/pictures.ts";

export const handler = endpoint("updateSale", async (request) =>
  applyChange(request, await readPicture(request.body)),
);
