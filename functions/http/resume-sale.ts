import { applyChange } from "../administration.ts";
import { endpoint } from "../endpoint.ts";
import { readPathId } from "../request.ts";

export const handler = endpoint("resumeSale", ({ event }) =>
  applyChange(readPathId(event, "saleId"), { state: "running" }),
);
