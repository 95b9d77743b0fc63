import { applyChange } from "../administration.ts";
import { endpoint } from "../endpoint.ts";
import { readPathId } from "../request.ts";

export const handler = endpoint("updateSale", ({ event, body }) =>
  applyChange(readPathId(event, "saleId"), body),
);
