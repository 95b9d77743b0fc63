import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Metafile } from "esbuild";
import type { BenchCloud } from "./bench-cloud.ts";
import { interleave } from "./interleave.ts";
import { median } from "./median.ts";
import { type Measurement, ratio } from "./measurement.ts";

const ROUNDS = 15;
const GOAL_BYTES = 300 * 1024;
const root = fileURLToPath(new URL("../..", import.meta.url));
const purchaseEntry = join(root, "functions/http/purchase.ts");

/** As in production: a cluster over TLS, here one that does not answer. */
const production = {
  STAGE: "production",
  REDIS_URL: "rediss://default:password@127.0.0.1:1",
  REDIS_CLUSTER: "1",
  LEDGER_TABLE: "ledger",
  IDENTITY_TABLE: "identity",
  SITE_URL: "https://shop.example.com",
  ORDER_QUEUE_URL: "http://127.0.0.1:1/orders",
  SESSION_SECRET: "s".repeat(48),
  ORIGIN_SECRET: "o".repeat(48),
  AWS_REGION: "us-east-1",
  POWERTOOLS_METRICS_NAMESPACE: "bench",
};

/** What the purchase function cannot do without: ioredis, and the client that production makes of it at its start. */
const bareClient = `import { Cluster } from "ioredis";
  const options = { dnsLookup: (address, callback) => callback(null, address), redisOptions: { tls: {} } };
  new Cluster([{ host: "127.0.0.1", port: 1 }], options).on("error", () => {});`;

/**
 * The purchase function as it is deployed: its size, and how long a cold start imports it under production's settings,
 * against ioredis making the same client.
 */
export async function benchBundle(_cloud: BenchCloud): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), "flash-sale-bench-"));
  try {
    const purchase = await bundle("purchase", { entryPoints: [purchaseEntry] }, folder);
    const ioredis = await bundle(
      "ioredis",
      { stdin: { contents: bareClient, resolveDir: root, sourcefile: "ioredis.ts" } },
      folder,
    );
    const [purchaseMs, ioredisMs] = await interleave(ROUNDS, [
      async () => [importMs(purchase.file)],
      async () => [importMs(ioredis.file)],
    ]);
    const size = purchase.staticBytes;
    const parts = `${purchaseMs.toFixed(1)} ms against ${ioredisMs.toFixed(1)} ms`;
    return [
      {
        budget: "purchase function, minified, loaded at start",
        figure: `${(size / 1024).toFixed(0)} KB (ioredis alone ${(ioredis.staticBytes / 1024).toFixed(0)} KB)`,
        goal: `≤ ${GOAL_BYTES / 1024} KB`,
        isMet: size <= GOAL_BYTES,
      },
      ratio("import of the purchase function / of ioredis with its client", purchaseMs / ioredisMs, parts, {
        most: 1.5,
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Milliseconds that a cold start imports the deployed purchase function, median of some. */
export async function importOfPurchase(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "flash-sale-bench-"));
  try {
    const { file } = await bundle("purchase", { entryPoints: [purchaseEntry] }, folder);
    return median(Array.from({ length: ROUNDS }, () => importMs(file)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Entry = Pick<NonNullable<Parameters<typeof build>[0]>, "entryPoints" | "stdin">;

/** Bundles as the stacks do: ESM, minified, lazily imported clients in chunks of their own. */
async function bundle(name: string, entry: Entry, folder: string) {
  const { metafile } = await build({
    ...entry,
    entryNames: name,
    outdir: folder,
    bundle: true,
    minify: true,
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
  return { file, staticBytes: staticBytes(metafile.outputs, main) };
}

/** Bytes of a chunk and of all that it imports before it can run. */
function staticBytes(outputs: Metafile["outputs"], main: string): number {
  const names = new Set([main]);
  for (const name of names)
    for (const { path, kind } of outputs[name]?.imports ?? [])
      if (kind === "import-statement" && outputs[path]) names.add(path);
  return [...names].reduce((sum, name) => sum + (outputs[name]?.bytes ?? 0), 0);
}

/** Milliseconds that a fresh process needs to import the file, as production's function. */
function importMs(file: string): number {
  const url = pathToFileURL(file).href;
  const script = `const startedMs = performance.now();
    await import(${JSON.stringify(url)});
    console.log(performance.now() - startedMs);
    process.exit();`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], ...production },
  });
  const value = Number(stdout.trim().split("\n").at(-1));
  if (stdout.trim() === "" || Number.isNaN(value))
    throw new Error(`the bundle could not be imported: ${stderr}`);
  return value;
}
