import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { keptItems } from "./support/kept-items.ts";

/** What has a # and is no partition's key: a sort key, or a part of a key that another line puts together. */
const NO_PARTITIONS = new Set([
  "*#",
  "*#*#",
  "*#*#*#*#*",
  "address#",
  "adopted#*",
  "guests#*#*#*",
  "list#*",
  "needed#*",
  "now#",
  "now#*",
  "round#*#*",
]);

/** Texts by which core names items in DynamoDB, with what is put into them as `*`. */
const keysIn = (file: string): string[] =>
  [...readFileSync(file, "utf8").matchAll(/`([^`\n]*#[^`\n]*)`|"([\w-]+#[\w#-]*)"/g)].map(([, text, plain]) =>
    (text ?? plain!).replaceAll(/\$\{[^}]*\}/g, "*"),
  );

test("every kind of item that core keeps in DynamoDB is a row of docs/privacy.md, which says what a deletion does with it", () => {
  const files = globSync("core/**/*{dynamo,-key}.ts");
  const keys = new Set(files.flatMap(keysIn));
  const rows = keptItems().map(({ matches }) => matches);
  const forgotten = [...keys].filter((key) => !NO_PARTITIONS.has(key) && !rows.some((isIn) => isIn(key)));
  expect(forgotten).toEqual([]);
  expect([...NO_PARTITIONS].filter((key) => !keys.has(key))).toEqual([]);
  expect(keys.size).toBeGreaterThan(40);
});
