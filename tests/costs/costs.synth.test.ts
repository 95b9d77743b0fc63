import { join } from "node:path";
import { format } from "prettier";
import { expect, test } from "vitest";
import { root } from "../synth/sst.ts";
import { formatCosts } from "./format-costs.ts";
import { idleCosts, usdOf } from "./idle-costs.ts";

test("docs/costs.md says what the deployed parts cost by its prices", async () => {
  const file = join(root, "docs", "costs.md");
  const text = await format(formatCosts(), { parser: "markdown", printWidth: 120 });
  await expect(text).toMatchFileSnapshot(file);
});

test("a dev stage costs nothing while idle", () => {
  expect(idleCosts("dev")).toEqual([]);
});

test("each priced part has a known price", () => {
  for (const stage of ["production", "preview"] as const)
    for (const line of idleCosts(stage)) expect([line.price, usdOf(line) > 0]).toEqual([line.price, true]);
});
