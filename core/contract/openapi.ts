import { toJsonSchema } from "@valibot/to-json-schema";
import type { GenericSchema } from "valibot";
import { problem, problems } from "./problem.ts";
import { idempotencyKey } from "./purchase.ts";
import { parameterNames } from "./path-parameters.ts";
import type { Route } from "./route.ts";
import { routes } from "./routes.ts";

type Json = Record<string, unknown>;

/** Branding, trimming and cross-field checks have no JSON Schema form; everything else of the contract does. */
function schemaOf(schema: GenericSchema, typeMode: "input" | "output"): Json {
  const { $schema: _dialect, ...rest } = toJsonSchema(schema, { errorMode: "ignore", typeMode }) as Json;
  return rest;
}

const content = (type: string, schema: Json) => ({ content: { [type]: { schema } } });

/** The OpenAPI 3.1 document of every route, made from the contract's schemas. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const [name, route] of Object.entries(routes) as [string, Route][]) {
    const [method = "", path = ""] = route.route.split(" ");
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(name, route, path) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Flash sale",
      version: "1",
      description: "Every unit is sold exactly once, in a fair order, and nobody is told something untrue.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/", description: "The host that answers this document" }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, "output") },
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        cookie: { type: "apiKey", in: "cookie", name: "session" },
        apiKey: {
          type: "http",
          scheme: "bearer",
          description:
            "An API key (fsk_…), made in the console. Each route that takes one names the scope that the key needs (x-api-key-scope).",
        },
      },
    },
  };
}

function operation(name: string, route: Route, path: string): Json {
  return {
    operationId: name,
    summary: route.summary,
    security: route.role ? [{ bearer: [] }, { cookie: [] }, ...(route.scope ? [{ apiKey: [] }] : [])] : [],
    ...(route.scope && { "x-api-key-scope": route.scope }),
    parameters: parameters(route, path),
    ...(route.body && {
      requestBody: { required: true, ...content("application/json", schemaOf(route.body, "input")) },
    }),
    responses: { ...answers(route), ...refusals(route) },
  };
}

function parameters(route: Route, path: string): Json[] {
  const named = parameterNames(path).map((name) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const searched = Object.entries(route.query?.entries ?? {}).map(([name, schema]) => ({
    name,
    in: "query",
    required: false,
    schema: schemaOf(schema as GenericSchema, "input"),
  }));
  const plain = [...named, ...searched];
  if (!route.idempotencyKey) return plain;
  const key = { name: "Idempotency-Key", in: "header", schema: schemaOf(idempotencyKey, "input") };
  return [...plain, { ...key, required: route.idempotencyKey === "required" }];
}

const answers = (route: Route): Json =>
  Object.fromEntries(
    Object.entries(route.answers).map(([status, schema]) => [
      status,
      {
        description: status === "304" ? "As the caller has it" : "Success",
        ...(schema ? content("application/json", schemaOf(schema, "output")) : files(route)),
      },
    ]),
  );

/** A file's bytes have no schema. */
const files = (route: Route): Json =>
  route.files ? { content: Object.fromEntries(route.files.map((type) => [type, {}])) } : {};

/** Refusals by status: those of the route, and those that its checks alone can give. */
function refusals(route: Route): Json {
  // Forbidden is also a request that came around the CDN, whatever its route.
  const kinds = new Set([...route.refusals, "forbidden" as const, "internal" as const]);
  if (route.role) kinds.add("unauthenticated");
  if (route.scope) kinds.add("rate_limited").add("unavailable");
  if (route.query) kinds.add("invalid_request");
  if (route.body) kinds.add("invalid_request").add("body_too_large").add("unsupported_media_type");
  const byStatus = Map.groupBy(kinds, (kind) => problems[kind].status);
  const reference = content("application/problem+json", { $ref: "#/components/schemas/Problem" });
  return Object.fromEntries(
    [...byStatus].map(([status, all]) => [status, { description: all.join(", "), ...reference }]),
  );
}
