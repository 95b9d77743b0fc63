import { applyChange } from "../administration.ts";
import { endpoint } from "../endpoint.ts";

export const handler = endpoint("updateSale", (request) => applyChange(request, request.body));
