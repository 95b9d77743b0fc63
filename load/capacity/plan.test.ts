import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { deployed, PURCHASE_SHARE } from "./plan.ts";
import { quotas } from "./quotas.ts";

/** They need the stage that SST gives them, so they are read as text. */
const text = (file: string) => readFileSync(new URL(`../../stacks/${file}`, import.meta.url), "utf8");
const written = (value: number) => value.toLocaleString("en").replaceAll(",", "_");

test("the stage as deployed is the stacks' production", () => {
  const [, production = ""] = text("stage.ts").split("  production: {");
  expect(production).toContain(
    `api: { rate: ${written(deployed.apiRate)}, burst: ${written(deployed.apiBurst)} }`,
  );
  expect(production).toContain(
    `warm: { attemptsPerSecond: ${deployed.attemptsPerSecond}, most: ${deployed.mostWarm} }`,
  );
  expect(text("api-throttles.ts")).toContain(`purchase: ${PURCHASE_SHARE},`);
  expect([quotas.api.value, quotas.apiBurst.value]).toEqual([deployed.apiRate, deployed.apiBurst]);
});
