import { applyChange } from "../administration.ts";
import { endpoint } from "../endpoint.ts";

export const handler = endpoint("pauseSale", (request) => applyChange(request, { state: "paused" }));
