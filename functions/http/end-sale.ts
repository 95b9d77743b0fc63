import { applyChange } from "../administration.ts";
import { endpoint } from "../endpoint.ts";

export const handler = endpoint("endSale", (request) => applyChange(request, { state: "ended" }));
