import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";

export const root = fileURLToPath(new URL("../..", import.meta.url));

type Entry = Pick<NonNullable<Parameters<typeof build>[0]>, "entryPoints" | "stdin">;

/** Bundles as SST does for the stacks: ESM, minified but for names, lazily imported clients in chunks of their own. */
export async function bundle(name: string, entry: Entry, folder: string) {
  const { metafile } = await build({
    ...entry,
    entryNames: name,
    outdir: folder,
    bundle: true,
    minify: true,
    keepNames: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    outExtension: { ".js": ".mjs" },
    loader: { ".lua": "text" },
    external: ["pg-native"],
    banner: {
      js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`,
    },
    metafile: true,
    absWorkingDir: root,
    logLevel: "error",
  });
  const file = join(folder, `${name}.mjs`);
  const main = relative(root, file);
  return {
    file,
    /** Of what is loaded before it can run. */
    staticBytes: bytesFrom(metafile.outputs, main, ["import-statement"]),
    /** Of all that it may load. */
    allBytes: bytesFrom(metafile.outputs, main, ["import-statement", "dynamic-import"]),
  };
}

/** Bytes of a chunk and of all that it imports, in these ways. */
function bytesFrom(outputs: Metafile["outputs"], main: string, kinds: readonly string[]): number {
  const names = new Set([main]);
  for (const name of names)
    for (const { path, kind } of outputs[name]?.imports ?? [])
      if (kinds.includes(kind) && outputs[path]) names.add(path);
  return [...names].reduce((sum, name) => sum + (outputs[name]?.bytes ?? 0), 0);
}
