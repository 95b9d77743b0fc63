import { applyChange } from "../compose/administration.ts";
import { endpoint } from "../compose/endpoint.ts";

export const handler = endpoint("pauseSale", (request) => applyChange(request, { state: "paused" }));
