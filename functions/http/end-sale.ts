import { applyChange } from "../administration.ts";
import { endpoint } from "../endpoint.ts";
import { readPathId } from "../request.ts";

export const handler = endpoint("endSale", ({ event }) =>
  applyChange(readPathId(event, "saleId"), { state: "ended" }),
);
