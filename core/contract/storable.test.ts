import * as v from "valibot";
import { expect, test } from "vitest";
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
