import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Beyond that nobody reads a table: what it says belongs in a list or a paragraph. */
const MOST_CHARACTERS = 200;
const cellsOf = (row: string) => row.split(/(?<!\\)\|/).map((cell) => cell.trim());

test.each(globSync("docs/*.md"))("no cell of a table in %s is a paragraph", (file) => {
  const long = readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, index) => (line.startsWith("|") ? cellsOf(line).map((cell) => ({ cell, index })) : []))
    .filter(({ cell }) => cell.length > MOST_CHARACTERS && !/^:?-+:?$/.test(cell));
  expect(long.map(({ cell, index }) => `line ${index + 1}: ${cell.slice(0, 60)}`)).toEqual([]);
});
