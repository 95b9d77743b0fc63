import { expect, test } from "vitest";
import { openApiDocument } from "./openapi.ts";
import type { Route } from "./route.ts";
import { routes } from "./routes.ts";

type Operation = { responses: Record<string, unknown>; requestBody?: unknown; security?: unknown };
const paths = openApiDocument()["paths"] as Record<string, Record<string, Operation>>;

test.each(Object.entries(routes) as [string, Route][])("%s is described as it answers", (name, route) => {
  const [method = "", path = ""] = route.route.split(" ");
  const operation = paths[path]?.[method.toLowerCase()];
  expect(operation).toMatchObject({ operationId: name, summary: route.summary });
  expect(Object.keys(operation?.responses ?? {})).toEqual(
    expect.arrayContaining([...Object.keys(route.answers), "403", "500", ...(route.role ? ["401"] : [])]),
  );
  expect(operation?.requestBody !== undefined).toBe(route.body !== undefined);
  expect(operation?.security).toEqual(
    route.role ? [{ bearer: [] }, { cookie: [] }, ...(route.scope ? [{ apiKey: [] }] : [])] : [],
  );
});

test("no two routes share a method and a path", () => {
  const keys = (Object.values(routes) as Route[]).map(({ route }) => route);
  expect(new Set(keys).size).toBe(keys.length);
});
