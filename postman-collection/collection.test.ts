import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { routes } from "../core/contract/routes.ts";
import { collection } from "./collection.ts";
import { collectionFile, renderCollection } from "./render.ts";

type Item = { readonly name: string; readonly item?: readonly Item[]; readonly request?: unknown };
const requestsIn = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => (item.item ? requestsIn(item.item) : [item]));

test("the file is fresh: `npm run postman` makes it anew", () => {
  expect(readFileSync(collectionFile, "utf8")).toBe(renderCollection());
});

test("every route is in it once, outside the stories", () => {
  const [, , ...folders] = collection()["item"] as Item[];
  const names = requestsIn(folders).map(({ name }) => name);
  expect(names.toSorted()).toEqual(Object.keys(routes).toSorted());
});

test("every variable that it uses is one that it has", () => {
  const text = JSON.stringify(collection());
  const used = [...text.matchAll(/\{\{([a-zA-Z]\w*)\}\}/g)].map(([, name]) => name);
  const known = (collection()["variable"] as { key: string }[]).map(({ key }) => key);
  expect(known).toEqual(expect.arrayContaining([...new Set(used)]));
});

test("no two requests of the stories share a name, by which a step repeats itself", () => {
  const names = requestsIn(collection()["item"] as Item[]).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
