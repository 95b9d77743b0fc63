import { applyChange } from "../compose/apply-change.ts";
import { endpoint } from "../compose/endpoint.ts";

export const handler = endpoint("resumeSale", (request) => applyChange(request, { state: "running" }));
