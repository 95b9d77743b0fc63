import { openApiDocument } from "../core/contract/openapi.ts";
import type { RouteName } from "../core/contract/routes.ts";
import { bodies } from "./examples.ts";

export type Json = Readonly<Record<string, unknown>>;
type Parameter = {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
};
type Operation = {
  readonly operationId: RouteName;
  readonly summary: string;
  readonly security: readonly unknown[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: unknown;
};
export type Found = Operation & { readonly method: string; readonly path: string };

/** Every operation of the OpenAPI document, in its order. */
export function operations(): Found[] {
  const paths = Object.entries(openApiDocument()["paths"] as Record<string, Record<string, Operation>>);
  return paths.flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
    })),
  );
}

const tokenFor = ({ path }: Found) => (path.startsWith("/api/admin/") ? "operatorToken" : "token");

const header = (key: string, value: string) => ({ key, value });

function urlOf({ path, parameters }: Found): Json {
  const query = parameters.filter((parameter) => parameter.in === "query");
  const variables = parameters.filter((parameter) => parameter.in === "path");
  const postmanPath = path.replaceAll(/\{(\w+)\}/g, ":$1");
  return {
    raw: `{{baseUrl}}${postmanPath}`,
    host: ["{{baseUrl}}"],
    path: postmanPath.split("/").slice(1),
    // Each narrows what is answered: switch on those that are wanted.
    ...(query.length > 0 && { query: query.map(({ name }) => ({ key: name, value: "", disabled: true })) }),
    ...(variables.length > 0 && {
      variable: variables.map(({ name }) => ({ key: name, value: `{{${name}}}` })),
    }),
  };
}

/** One operation as Postman sends it. */
export function requestOf(operation: Found, token = tokenFor(operation)): Json {
  const { operationId, method, summary, security, parameters, requestBody } = operation;
  const keys = parameters.filter((parameter) => parameter.in === "header");
  const bearer = { type: "bearer", bearer: [{ key: "token", value: `{{${token}}}`, type: "string" }] };
  return {
    method,
    description: summary,
    auth: security.length > 0 ? bearer : { type: "noauth" },
    header: [
      ...(requestBody ? [header("Content-Type", "application/json")] : []),
      ...keys.map(({ name }) => header(name, "{{idempotencyKey}}")),
    ],
    ...(requestBody !== undefined && {
      body: {
        mode: "raw",
        raw: JSON.stringify(bodies[operationId as keyof typeof bodies], null, 2),
        options: { raw: { language: "json" } },
      },
    }),
    url: urlOf(operation),
  };
}
