import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchCloud } from "./bench-cloud.ts";
import { bundle, root } from "./bundle.ts";
import { bareEntry } from "./cold-import.ts";
import { deployedFunctions } from "./deployed-functions.ts";
import { importsOf } from "./imports-of.ts";
import type { Measurement } from "./measurement.ts";
import recorded from "./recorded-sizes.json" with { type: "json" };

/** What is recorded of each function. */
type Recorded = {
  /** KB that it loads at its start, which a cold start waits for, and KB of all that it may load. */
  readonly start: number;
  readonly all: number;
  /** Its cold import's processor time as part of that of ioredis with its client, in the same run. */
  readonly import: number;
};
type Sizes = Readonly<Record<string, Recorded>>;

const MOST_GROWTH = 1.2;
/** Of ioredis's import: by so much a function's may differ from one run to the next. See docs/decisions/0145. */
const IMPORTS_VARY_BY = 0.25;

/**
 * Every function as it is deployed, against load/bench/recorded-sizes.json: its bundle, and what a cold start imports. One that
 * grew by a fifth fails, an import only if that is more than runs differ, and seen twice; so does one that is not recorded, or is
 * gone.
 */
export async function benchSizes(_cloud: BenchCloud): Promise<Measurement[]> {
  return withBundles(async (bundles) => {
    const seen = await sizesOf(bundles);
    const known: Sizes = recorded;
    const suspects = Object.keys(seen).filter((name) => hasGrown("import", seen[name], known[name]));
    const again = await sizesOf(bundles, suspects);
    const least = suspects.map((name) => {
      const [first, second] = [seen[name]!, again[name]!];
      return [name, { ...first, import: Math.min(first.import, second.import) }] as const;
    });
    return judgeSizes({ ...seen, ...Object.fromEntries(least) }, known);
  });
}

/** Writes load/bench/recorded-sizes.json anew: what is seen now is what may not grow. */
export async function recordSizes(): Promise<void> {
  const lines = Object.entries(await withBundles(sizesOf)).map(
    ([name, { start, all, import: of }]) =>
      `  "${name}": { "start": ${start}, "all": ${all}, "import": ${of} }`,
  );
  writeFileSync(new URL("./recorded-sizes.json", import.meta.url), `{\n${lines.join(",\n")}\n}\n`);
}

type Bundled = Awaited<ReturnType<typeof bundle>>;
type Bundles = { readonly functions: ReadonlyMap<string, Bundled>; readonly ioredis: Bundled };

async function withBundles<T>(use: (bundles: Bundles) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "flash-sale-sizes-"));
  try {
    const functions = new Map<string, Bundled>();
    for (const [name, handler] of deployedFunctions)
      functions.set(name, await bundle("index", { entryPoints: [join(root, handler)] }, join(folder, name)));
    return await use({ functions, ioredis: await bundle("index", bareEntry, join(folder, "ioredis")) });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sizesOf(
  { functions, ioredis }: Bundles,
  names: readonly string[] = [...functions.keys()],
): Promise<Sizes> {
  const bundled = names.map((name) => functions.get(name)!);
  const imports = await importsOf(
    bundled.map(({ file }) => file),
    ioredis.file,
  );
  return Object.fromEntries(
    bundled.map(({ staticBytes, allBytes }, index) => [
      names[index]!,
      { start: inKilobytes(staticBytes), all: inKilobytes(allBytes), import: imports[index]! },
    ]),
  );
}

const inKilobytes = (bytes: number) => Math.ceil(bytes / 1024);

/** Of what nothing is known, or nothing is seen, it is taken to have grown. */
function hasGrown(of: keyof Recorded, seen: Recorded | undefined, known: Recorded | undefined): boolean {
  if (!seen || !known) return true;
  const least = of === "import" ? IMPORTS_VARY_BY : 0;
  return seen[of] > Math.max(known[of] * MOST_GROWTH, known[of] + least);
}

export function judgeSizes(seen: Sizes, known: Sizes): Measurement[] {
  const names = [...new Set([...Object.keys(seen), ...Object.keys(known)])].toSorted();
  const row = (what: string, of: keyof Recorded, unit: string): Measurement => {
    const grown = names.filter((name) => hasGrown(of, seen[name], known[name]));
    const changes = grown.map(
      (name) => `${name} ${known[name]?.[of] ?? "unknown"} → ${seen[name]?.[of] ?? "gone"}${unit}`,
    );
    return {
      budget: `${what} of ${Object.keys(seen).length} functions`,
      figure: changes.length === 0 ? "none grew" : changes.join(", "),
      goal: "≤ 1.2× of recorded",
      isMet: changes.length === 0,
    };
  };
  return [
    row("bundles, loaded at start,", "start", " KB"),
    row("bundles, with all that they may need,", "all", " KB"),
    row("cold imports / of ioredis with its client,", "import", "×"),
  ];
}
