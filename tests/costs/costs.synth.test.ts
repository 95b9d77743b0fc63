import { join } from "node:path";
import { format } from "prettier";
import { expect, test } from "vitest";
import { root } from "../synth/sst.ts";
import { formatCosts } from "./format-costs.ts";
import { view } from "../synth/view.ts";
import { idleCosts, usdOf } from "./idle-costs.ts";

test("docs/costs.md says what the deployed parts cost by its prices", async () => {
  const file = join(root, "docs", "costs.md");
  const text = await format(formatCosts(), { parser: "markdown", printWidth: 120 });
  await expect(text).toMatchFileSnapshot(file);
});

test.each([
  ["production", 140],
  ["preview", 35],
] as const)("%s costs at most %i dollars a month while idle, and its budget is above that", (stage, most) => {
  const usd = idleCosts(stage).reduce((sum, line) => sum + usdOf(line), 0);
  expect(usd).toBeLessThanOrEqual(most);
  const budget = view(stage).resourceOf("budgets/budget").inputs["limitAmount"];
  expect(Number(budget)).toBeGreaterThan(1.5 * usd);
});

test("a dev stage costs nothing while idle", () => {
  expect(idleCosts("dev")).toEqual([]);
});

test("each priced part has a known price", () => {
  for (const stage of ["production", "preview"] as const)
    for (const line of idleCosts(stage)) expect([line.price, usdOf(line) > 0]).toEqual([line.price, true]);
});
