import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const made = ["**/node_modules/**", "**/dist/**", "**/.astro/**", "**/.sst/**", ".local/**", ".git/**"];

/** Every file of the project, by its path from the root. */
export const allFiles: readonly string[] = globSync(["**/*", ".github/**/*", ".ci/*"], {
  cwd: root,
  exclude: made,
})
  .map((path) => path.replaceAll("\\", "/"))
  .toSorted();

export const readSource = (path: string): string => readFileSync(join(root, path), "utf8");

export type Import = {
  readonly from: string;
  readonly to: string;
  /** Whether nothing is left of it when the code runs. */
  readonly isType: boolean;
};

const IMPORT = /(\b(?:import|export) type \{[^}]*\} )?(?:\bfrom|\bimport)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g;

/** The project's files that a source imports, types included. */
export const importsIn = (path: string, source: string): Import[] =>
  [...source.matchAll(IMPORT)].map(([, type, specifier = ""]) => ({
    from: path,
    to: normalize(join(dirname(path), specifier)),
    isType: type !== undefined,
  }));

const isTest = (path: string) => /\.(test|fixture)\.ts$/.test(path);

/** Every import between the project's files, but for those of tests, which may look at anything. */
export const allImports: readonly Import[] = allFiles
  .filter((path) => /\.(ts|mts|mjs|astro)$/.test(path) && !isTest(path))
  .flatMap((path) => importsIn(path, readSource(path)));
