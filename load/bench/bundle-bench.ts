import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BenchCloud } from "./bench-cloud.ts";
import { bundle, root } from "./bundle.ts";
import { interleave } from "./interleave.ts";
import { median } from "./median.ts";
import { type Measurement, ratio } from "./measurement.ts";

const ROUNDS = 15;
const GOAL_BYTES = 250 * 1024;
const WHY_SIZE =
  "191 KB are ioredis, 40 of them its table of commands, which is not replaced while bundling (0032); valibot is 12, the gate's Lua 18, what sales with a line need 20 (0140)";
const WHY_IMPORT =
  "beside ioredis the function compiles about 65 KB of its own and checks its settings; what most attempts do not need is loaded later already (0140)";
const purchaseEntry = join(root, "functions/http/purchase.ts");

/** As in production: a cluster over TLS, here one that does not answer. */
const production = {
  STAGE: "production",
  REDIS_URL: "rediss://default:password@127.0.0.1:1",
  REDIS_CLUSTER: "1",
  LEDGER_TABLE: "ledger",
  IDENTITY_TABLE: "identity",
  LINE_TABLE: "line",
  SITE_URL: "https://shop.example.com",
  ORDER_QUEUE_URL: "http://127.0.0.1:1/orders",
  SESSION_SECRET: "s".repeat(48),
  ORIGIN_SECRET: "o".repeat(48),
  AWS_REGION: "us-east-1",
  METRICS_NAMESPACE: "bench",
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
    const size = purchase.allBytes;
    const parts = `${purchaseMs.toFixed(1)} ms against ${ioredisMs.toFixed(1)} ms`;
    return [
      {
        budget: "purchase function, minified, with all that it may need",
        figure: `${kilobytes(size)}, ${kilobytes(purchase.staticBytes)} at start (ioredis alone ${kilobytes(ioredis.staticBytes)})`,
        goal: `≤ ${GOAL_BYTES / 1024} KB`,
        isMet: size <= GOAL_BYTES,
        why: WHY_SIZE,
      },
      ratio(
        "import of the purchase function / of ioredis with its client",
        purchaseMs / ioredisMs,
        parts,
        { most: 1.3 },
        WHY_IMPORT,
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const kilobytes = (bytes: number) => `${(bytes / 1024).toFixed(0)} KB`;

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
