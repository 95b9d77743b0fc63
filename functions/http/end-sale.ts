import { applyChange } from "../compose/administration.ts";
import { endpoint } from "../compose/endpoint.ts";

export const handler = endpoint("endSale", (request) => applyChange(request, { state: "ended" }));
