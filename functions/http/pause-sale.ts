import { applyChange } from "../compose/apply-change.ts";
import { endpoint } from "../compose/endpoint.ts";

export const handler = endpoint("pauseSale", (request) => applyChange(request, { state: "paused" }));
