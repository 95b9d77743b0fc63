import { describe, expect, test } from "vitest";
import { codeBehindTexts, mutualPairs, nounsInPlatform, wrongWays } from "./architecture/directions.ts";
import { missingFiles } from "./architecture/named-files.ts";
import { allFiles, allImports, importsIn, readSource } from "./architecture/source-files.ts";
import { deployedHandlers } from "./support/deployed-handlers.ts";

const importsPackage = (source: string, name: string) =>
  new RegExp(`(?:from|import)\\s*\\(?\\s*"${name}["/]`).test(source);
const imported = (from: string, specifier: string) => importsIn(from, `import { a } from "${specifier}";`);

describe("directions", () => {
  test("core knows neither functions nor site, the site knows the contract, stacks name handlers by path", () => {
    expect(wrongWays(allImports)).toEqual([]);
  });

  test("no two folders of core import each other", () => {
    expect(mutualPairs(allImports).toSorted()).toEqual([]);
  });

  test("the platform's folders know no noun", () => {
    expect(nounsInPlatform(allImports)).toEqual([]);
  });

  test("the payment provider's SDK is imported by its adapter alone, so that no other function bears it", () => {
    const importing = allFiles.filter(
      (path) => /(?<!\.test)\.(ts|astro)$/.test(path) && importsPackage(readSource(path), "stripe"),
    );
    const [payments, session, ...adapters] = importing;
    // The last one pays in a rehearsal, and is in its function alone.
    expect(adapters).toEqual(["core/payment/stripe.http.ts", "core/payment/test-payer.http.ts"]);
    for (const typesAlone of [payments!, session!])
      expect(readSource(typesAlone)).toContain('import type { Stripe } from "stripe"');
    expect(importsPackage('const { Stripe } = await import("stripe");', "stripe")).toBe(true);
    expect(importsPackage('import type { A } from "./stripe.http.ts";', "stripe")).toBe(false);
  });

  test("nobody but tests and tools of measurement imports tests", () => {
    const wrong = allImports.filter(
      ({ from, to }) => to.startsWith("tests/") && !/^(tests|load\/(bench|capacity|web))\//.test(from),
    );
    expect(wrong).toEqual([]);
  });

  test("the texts, which functions read too, load no code of the site", () => {
    expect(codeBehindTexts(allImports)).toEqual([]);
    expect(codeBehindTexts(imported("web/texts/a.ts", "../src/features/page/dom.ts"))).toHaveLength(1);
  });

  test("every handler that is named by its path is a file", () => {
    expect(deployedHandlers.filter((handler) => !allFiles.includes(handler))).toEqual([]);
  });
});

describe("an import the wrong way is found", () => {
  test.each([
    ["core/gate/a.ts", "../../functions/answer/answer.ts"],
    ["core/contract/a.ts", "../gate/gate.redis.ts"],
    ["functions/http/a.ts", "../../web/src/features/page/dom.ts"],
    ["functions/http/a.ts", "../../ops/operations/operate.ts"],
    ["web/src/features/a.ts", "../../../core/ids.ts"],
    ["stacks/a.ts", "../functions/http/health.ts"],
  ])("%s must not import %s", (from, specifier) => {
    expect(wrongWays(imported(from, specifier))).toHaveLength(1);
  });

  test("also a type, one that is loaded later, and one from a page", () => {
    const ways = ['import type { A } from "../../web/a.ts"', 'await import("../../web/a.ts")'];
    expect(ways.map((source) => wrongWays(importsIn("core/gate/a.ts", source)).length)).toEqual([1, 1]);
  });

  test("a noun in the platform, and a pair", () => {
    const imports = [
      ...imported("core/redis/a.ts", "../gate/b.ts"),
      ...imported("core/gate/b.ts", "../redis/a.ts"),
    ];
    expect(nounsInPlatform(imports)).toEqual(["core/redis/a.ts → core/gate/b.ts"]);
    expect(mutualPairs(imports)).toEqual(["gate ↔ redis"]);
  });
});

describe("files that are named", () => {
  test("every file that a comment or a text names is there", () => {
    // This file names some that there are none of.
    const ownName = "tests/architecture.test.ts";
    const texts = allFiles.filter(
      (path) => /\.(ts|mts|mjs|lua|astro|css|md|yml)$/.test(path) && path !== ownName,
    );
    expect(texts.flatMap((path) => missingFiles(path, readSource(path), allFiles))).toEqual([]);
  });

  test.each([
    ["a.ts", "/** See core/gate/nothing.ts. */"],
    ["a.ts", "const a = 1; // as in no-such-file.ts"],
    ["a.lua", "-- see core/nowhere/"],
    ["docs/a.md", "[decision 99](decisions/0099-nothing.md)"],
    ["docs/a.md", "`tests/nothing.int.test.ts` shows it"],
  ])("a wrong name is found: %s %s", (path, source) => {
    expect(missingFiles(path, source, ["core/gate/keys.ts"])).toHaveLength(1);
  });

  test.each([
    ["a.ts", "/** See core/gate/keys.ts, keys.ts, and core/gate/. */"],
    ["a.ts", 'const path = "core/gate/nothing.ts";'],
  ])("a right name, or one in code, is not: %s %s", (path, source) => {
    expect(missingFiles(path, source, ["core/gate/keys.ts"])).toEqual([]);
  });
});
