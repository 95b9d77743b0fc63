import { globSync, readFileSync } from "node:fs";
import { format, resolveConfig } from "prettier";
import { expect, test } from "vitest";
import { deploySettings, environmentDocs, localSettings } from "./environment-docs.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");

/** The names that the files read by a call or an index. */
function namesIn(files: readonly string[], pattern: RegExp): string[] {
  const found = files.flatMap((file) => [...read(file).matchAll(pattern)].map(([, name]) => name!));
  return [...new Set(found)].toSorted();
}

test("every setting of a deploy is described, and no other", () => {
  const files = globSync("stacks/*.ts", { cwd: root });
  expect(Object.keys(deploySettings).toSorted()).toEqual(namesIn(files, /setting\w*\("([A-Z_]+)"/g));
});

test("every store that a local start takes from the environment is described, and no other", () => {
  const read = namesIn(["local/cloud-options.ts"], /process\.env\["([A-Z_]+)"\]/g);
  expect(Object.keys(localSettings).toSorted()).toEqual(read);
});

test.each(Object.entries(environmentDocs()))(
  "%s is what `npm run environment` writes",
  async (path, text) => {
    const options = { ...(await resolveConfig(new URL(path, root))), filepath: path };
    expect(read(path)).toBe(path.endsWith(".md") ? await format(text, options) : text);
  },
);
