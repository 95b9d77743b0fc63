import { applyChange } from "../compose/administration.ts";
import { endpoint } from "../compose/endpoint.ts";

export const handler = endpoint("resumeSale", (request) => applyChange(request, { state: "running" }));
