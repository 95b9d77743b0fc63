import { describe, expect, test } from "vitest";
import { aSale } from "../../tests/support/test-sale.ts";
import { type ScriptDefinition, scriptText } from "../redis/script.ts";
import { gateKeys } from "./keys.ts";
import * as keeperScripts from "./keeper-scripts.ts";
import * as reserveScripts from "./reserve-script.ts";

const all = Object.values<ScriptDefinition<string, string>>({ ...reserveScripts, ...keeperScripts }).map(
  (script) => [script.command, script] as const,
);
/** A script's own text, behind the parts that it shares; the header says what the script is given. */
const headerOf = ({ parts }: ScriptDefinition<string, string>) => {
  const lines = (parts.at(-1) ?? "").split("\n");
  return lines
    .slice(
      0,
      lines.findIndex((line) => !line.startsWith("--")),
    )
    .join("\n");
};
const bodyOf = (script: ScriptDefinition<string, string>) =>
  (script.parts.at(-1) ?? "").slice(headerOf(script).length);
const has = (text: string, name: string) => new RegExp(`\\b${name}\\b`).test(text);
const functionsOf = (part: string) =>
  [...part.matchAll(/^local function (\w+)/gm)].map(([, name]) => name ?? "");

test("every script has a command of its own", () => {
  expect(new Set(all.map(([command]) => command)).size).toBe(all.length);
  expect(all).toHaveLength(13);
});

describe.each(all)("%s", (_, script) => {
  test("is given keys of a gate only, each of which its body uses and its header names", () => {
    expect(Object.keys(gateKeys(aSale().saleId))).toEqual(expect.arrayContaining([...script.keys]));
    expect(script.keys.filter((key) => !has(bodyOf(script), `${key}Key`))).toEqual([]);
    expect(script.keys.filter((key) => !has(headerOf(script), key))).toEqual([]);
  });

  test("uses each of its arguments, and its header names them", () => {
    expect(script.arguments.filter((name) => !has(bodyOf(script), name))).toEqual([]);
    expect(script.arguments.filter((name) => !has(headerOf(script), name))).toEqual([]);
  });

  test("touches no key and no argument by its number", () => {
    expect(bodyOf(script)).not.toMatch(/KEYS\[|ARGV\[\d/);
  });

  test("is joined with a shared part only if it, or another part, uses something of it", () => {
    for (const [index, part] of script.parts.slice(0, -1).entries()) {
      const later = script.parts.slice(index + 1).join("\n");
      expect(functionsOf(part).some((name) => has(later, name))).toBe(true);
    }
  });

  test("calls only shared functions that it is joined with, and behind where they stand", () => {
    const every = new Set(all.flatMap(([, other]) => other.parts.flatMap(functionsOf)));
    const text = scriptText(script).replaceAll(/--.*$/gm, "");
    for (const name of every) {
      const [definition, call] = [
        text.indexOf(`function ${name}(`),
        text.search(new RegExp(`(?<!function )\\b${name}\\(`)),
      ];
      if (call >= 0) expect([name, definition >= 0 && definition < call]).toEqual([name, true]);
    }
  });
});
