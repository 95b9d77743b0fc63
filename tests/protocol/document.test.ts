import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { storyWorlds, worldIds } from "./worlds/worlds.ts";

const document = readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8");
const rows = document.split("\n").filter((line) => line.startsWith("| `"));
const cells = rows.map((row) => row.split("|").map((cell) => cell.trim()));

test("the table has every world, each within 300,000 states and all within a minute of a processor", () => {
  expect(cells.map(([, world]) => world)).toEqual(worldIds.map((id) => `\`${id}\``));
  const numbers = (column: number) => cells.map((row) => Number(row[column]!.replaceAll(",", "")));
  expect(Math.max(...numbers(2))).toBeLessThanOrEqual(300_000);
  expect(numbers(3).reduce((sum, seconds) => sum + seconds, 0)).toBeLessThanOrEqual(60);
});

test("every world has a mechanism without which a story ends badly", () => {
  expect(worldIds.filter((id) => storyWorlds[id].without.length === 0)).toEqual([]);
});
