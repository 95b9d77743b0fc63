import { applyChange } from "../administration.ts";
import { endpoint } from "../endpoint.ts";

export const handler = endpoint("resumeSale", (request) => applyChange(request, { state: "running" }));
