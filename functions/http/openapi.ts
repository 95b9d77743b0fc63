import { openApiDocument } from "../../core/contract/openapi.ts";
import { endpoint } from "../compose/endpoint.ts";

const document = openApiDocument();

export const handler = endpoint("openapi", async () => ({
  status: 200,
  body: document,
  headers: { "cache-control": "public, max-age=300" },
}));
