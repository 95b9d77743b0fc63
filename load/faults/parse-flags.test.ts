import { expect, test } from "vitest";
import { catalogueOf } from "./parse-flags.ts";

test.each([
  ["the matrix", false],
  ["the cluster's matrix", true],
])("each fault of %s has a name of its own: --only and the kept history go by it", (_, hasCluster) => {
  const names = catalogueOf(hasCluster).map(({ name }) => name);

  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
});
