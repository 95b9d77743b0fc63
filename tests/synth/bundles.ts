import { createDecipheriv } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { bundles } from "./synthesize.ts";

/** The key that the mocks give SST to encrypt its links with. */
const KEY = Buffer.alloc(32, 7);

/** The folder that becomes the zip of the function named so far. */
export function bundleOf(prefix: string): string {
  const [folder, ...more] = globSync(`${prefix}*-src`, { cwd: bundles });
  if (!folder || more.length > 0)
    throw new Error(`There are ${more.length + (folder ? 1 : 0)} bundles of ${prefix}`);
  return join(bundles, folder);
}

/** What SST linked to the function: its secrets. Opened as the function itself does. */
export function linksOf(folder: string): Readonly<Record<string, { value: string }>> {
  const sealed = readFileSync(join(folder, "resource.enc"));
  const decipher = createDecipheriv("aes-256-gcm", KEY, Buffer.alloc(12));
  decipher.setAuthTag(sealed.subarray(-16));
  const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString();
  return JSON.parse(text) as Record<string, { value: string }>;
}

/** The files that are loaded with the bundle, before any request: its static imports, followed. */
export const staticPart = (folder: string): ReadonlySet<string> =>
  importsFrom(folder, /(?:from|import)\s*"(\.\/[^"]+)"/g);

/** The files that the bundle may ever load. The folder has others besides: esbuild writes what nothing is left to import. */
export const reachablePart = (folder: string): ReadonlySet<string> =>
  importsFrom(folder, /(?:from|import)\s*\(?\s*"(\.\/[^"]+)"/g);

function importsFrom(
  folder: string,
  imports: RegExp,
  file = "bundle.mjs",
  seen = new Set<string>(),
): ReadonlySet<string> {
  const path = join(folder, file);
  if (seen.has(path) || !existsSync(path)) return seen;
  seen.add(path);
  for (const [, imported] of readFileSync(path, "utf8").matchAll(imports))
    if (imported) importsFrom(folder, imports, imported, seen);
  return seen;
}

export const sizeOf = (files: Iterable<string>): number =>
  [...files].reduce((sum, file) => sum + statSync(file).size, 0);

export const textOf = (files: Iterable<string>): string =>
  [...files].map((file) => readFileSync(file, "utf8")).join("\n");

export const filesOf = (folder: string): string[] =>
  globSync("*.mjs", { cwd: folder }).map((name) => join(folder, name));
