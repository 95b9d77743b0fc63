import * as v from "valibot";
import { expect, test } from "vitest";
import { parameterNames, pathParameters } from "./path-parameters.ts";
import { pages } from "./pages.ts";
import type { Route } from "./route.ts";
import { routes } from "./routes.ts";

type Node = v.GenericSchema & {
  readonly type: string;
  readonly pipe?: readonly { readonly kind: string; readonly type: string }[];
  readonly entries?: Readonly<Record<string, Node>>;
  readonly item?: Node;
  readonly items?: readonly Node[];
  readonly wrapped?: Node;
  readonly options?: readonly unknown[];
  readonly key?: Node;
  readonly value?: Node;
  readonly rest?: Node;
};

const isSchema = (node: unknown): node is Node => typeof node === "object" && node !== null && "kind" in node;

/** Each text of a schema, with where it is. */
function textsOf(schema: Node, path: string): [string, Node][] {
  if (schema.type === "string") return [[path, schema]];
  const inner = [
    ...Object.entries(schema.entries ?? {}).map(([name, node]) => [`${path}.${name}`, node] as const),
    ...[schema.item, schema.wrapped, schema.key, schema.value, schema.rest].map(
      (node) => [path, node] as const,
    ),
    ...[...(schema.items ?? []), ...(schema.options ?? [])].map((node) => [path, node] as const),
    ...(schema.pipe ?? []).slice(1).map((node) => [path, node] as const),
  ];
  return inner.flatMap(([where, node]) =>
    isSchema(node) && node.kind === "schema" ? textsOf(node, where) : [],
  );
}

const asked = [
  ...Object.entries(pathParameters).flatMap(([name, schema]) => textsOf(schema as Node, `{${name}}`)),
  ...(Object.entries(routes) as [string, Route][]).flatMap(([name, { body, query }]) => [
    ...(body ? textsOf(body as Node, name) : []),
    ...(query ? textsOf(query as unknown as Node, `${name}?`) : []),
  ]),
  ...Object.entries(pages).flatMap(([name, page]) =>
    "form" in page ? textsOf(page.form as Node, name) : [],
  ),
];
/** Of such lengths and letters that a text which must look like something else would look like it but for this. */
const ODD = [
  "\0",
  "\ud800",
  "a\0b",
  "ab\ud800",
  "ABCDEFGH\0IJKLMNOP",
  `${"a".repeat(21)}\udc00`,
  "https://a.example/\0",
  "a\0@example.com",
];

/** What a path may bring besides: escapes that were escaped again, another folder, a line's end, and far too much. */
const ODD_IN_PATHS = [
  "%00",
  "%ed%a0%80",
  "%",
  "\ufffd",
  "..",
  "sale_01J9ZQ4Z6XWT9YV3W3V9K8M2QD\n",
  "__proto__",
  "constructor",
  "",
  "A".repeat(10_000),
  "1".repeat(10_000),
];

test("each parameter of each route and page has a schema", () => {
  const routeKeys = [...Object.values(routes), ...Object.values(pages)].map(({ route }) => route);
  const named = new Set(routeKeys.flatMap(parameterNames));
  expect([...named].toSorted()).toEqual([...Object.keys(pathParameters), "locale"].toSorted());
});

test.each(Object.entries(pathParameters))("{%s} takes nothing that is no such parameter", (_, schema) => {
  const taken = [...ODD, ...ODD_IN_PATHS].filter((text) => v.safeParse(schema, text).success);
  expect(taken.map((text) => JSON.stringify(text.slice(0, 40)))).toEqual([]);
});

test("there are texts to look at", () => {
  expect(asked.length).toBeGreaterThan(40);
  expect(asked.map(([where]) => where)).toEqual(
    expect.arrayContaining(["createSale.name", "addPasskey.name", "webhookDeliveries?.search"]),
  );
});

test.each(asked)("%s takes no text that a store refuses", (_, schema) => {
  const taken = ODD.filter((text) => v.safeParse(schema, text).success);
  expect(taken.map((text) => JSON.stringify(text))).toEqual([]);
});
